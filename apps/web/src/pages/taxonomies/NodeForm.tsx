import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NodeLooks } from './useTree.ts'

/** What a new node begins with. */
const plain = '#5b6cc9'

interface NodeFormProps {
  readonly title: string
  /** Null for a new one. */
  readonly looks: NodeLooks | null
  readonly save: (looks: NodeLooks) => Promise<boolean>
  readonly done: () => void
}

/** Name, colour and description of a classification. */
export function NodeForm({ title, looks, save, done }: NodeFormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(looks?.name ?? '')
  const [colour, setColour] = useState(looks?.colour ?? plain)
  const [description, setDescription] = useState(looks?.description ?? '')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await save({ name: name.trim(), colour, description })) done()
  }
  return (
    <form className="fields tax-form" onSubmit={submit}>
      <h3>{title}</h3>
      <label className="field">
        <span>{t('taxonomies.nodeName')}</span>
        <input className="input" value={name} maxLength={200} onChange={({ target }) => setName(target.value)} />
      </label>
      <label className="field">
        <span>{t('taxonomies.colour')}</span>
        <input className="input" type="color" value={colour} onChange={({ target }) => setColour(target.value)} />
      </label>
      <label className="field">
        <span>{t('taxonomies.description')}</span>
        <input className="input" value={description} maxLength={2000} onChange={({ target }) => setDescription(target.value)} />
      </label>
      <div className="ends">
        <button type="submit" className="btn pri" disabled={name.trim() === ''}>
          {t('taxonomies.save')}
        </button>
      </div>
    </form>
  )
}
