import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Picker } from '../../components/common/Picker.tsx'
import { useProblemWords } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useRemoveTaxonomyMutation, useRenameTaxonomyMutation } from '../../services/taxonomy-api.ts'
import { NodeForm } from './NodeForm.tsx'
import type { Tree } from './useTree.ts'

/** What concerns the whole tree: a node at its top, its name, its end. */
export function TreeActions({ taxonomy, tree }: { taxonomy: Schema<'Taxonomy'>; tree: Tree }) {
  const { t } = useTranslation()
  return (
    <div className="tax-actions">
      <Picker label={t('taxonomies.addTop')} value={t('taxonomies.addTop')} className="btn" width={300} iconless>
        {(close) => <NodeForm title={t('taxonomies.addTop')} looks={null} save={(looks) => tree.add(null, looks)} done={close} />}
      </Picker>
      <Picker label={t('taxonomies.rename')} value={t('taxonomies.rename')} className="btn" width={300} iconless>
        {(close) => <Rename taxonomy={taxonomy} close={close} />}
      </Picker>
      <Picker label={t('taxonomies.removeAll')} value={t('taxonomies.removeAll')} className="btn" width={300} iconless>
        {(close) => <RemoveAll taxonomy={taxonomy} close={close} />}
      </Picker>
    </div>
  )
}

interface WholeProps {
  readonly taxonomy: Schema<'Taxonomy'>
  readonly close: () => void
}

function Rename({ taxonomy, close }: WholeProps) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const words = useProblemWords()
  const [name, setName] = useState(taxonomy.name)
  const [rename] = useRenameTaxonomyMutation()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { data, error } = await rename({ taxonomyId: taxonomy.id, version: taxonomy.version, name: name.trim() })
    if (error) announce({ message: words(error as Problem) })
    if (data) close()
  }
  return (
    <form className="fields tax-form" onSubmit={submit}>
      <label className="field">
        <span>{t('taxonomies.name')}</span>
        <input className="input" value={name} maxLength={200} onChange={({ target }) => setName(target.value)} />
      </label>
      <div className="ends">
        <button type="submit" className="btn pri" disabled={name.trim() === ''}>
          {t('taxonomies.save')}
        </button>
      </div>
    </form>
  )
}

function RemoveAll({ taxonomy, close }: WholeProps) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const words = useProblemWords()
  const [remove] = useRemoveTaxonomyMutation()
  const go = async () => {
    const { error } = await remove({ taxonomyId: taxonomy.id, version: taxonomy.version })
    if (error) announce({ message: words(error as Problem) })
    else close()
  }
  return (
    <div className="fields tax-form">
      <p>{t('taxonomies.removeAllWhy', { name: taxonomy.name })}</p>
      <div className="ends">
        <button type="button" className="btn" onClick={close}>
          {t('taxonomies.keep')}
        </button>
        <button type="button" className="btn pri" onClick={go}>
          {t('taxonomies.removeAll')}
        </button>
      </div>
    </div>
  )
}
