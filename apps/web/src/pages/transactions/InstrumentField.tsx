import type { Problem } from '@pe/sdk/client.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useAddInstrumentMutation } from '../../services/journal-api.ts'
import { useInstrumentsQuery } from '../../services/portfolio-api.ts'

/** An instrument by its name; one that is not there yet is added in place, in the currency of the transaction. */
export function InstrumentField({
  label,
  value,
  onChange,
  currency,
}: {
  label: string
  value: string
  onChange: (id: string) => void
  currency: string
}) {
  const { t } = useTranslation()
  const instruments = useInstrumentsQuery({}).data ?? []
  const [add, { isLoading, error }] = useAddInstrumentMutation()
  const chosen = instruments.find(({ id }) => id === value)
  const [typed, setTyped] = useState<string | null>(null)
  const names = useId()
  const text = typed ?? chosen?.name ?? ''
  const type = (next: string) => {
    setTyped(next)
    onChange(instruments.find(({ name }) => name === next)?.id ?? '')
  }
  const addIt = async () => {
    const { data } = await add({ name: text.trim(), currency })
    if (data) {
      setTyped(null)
      onChange(data.id)
    }
  }
  return (
    <div className="field">
      <label htmlFor={`${names}-text`}>
        <span>{label}</span>
      </label>
      <input
        id={`${names}-text`}
        className="input"
        list={names}
        value={text}
        autoComplete="off"
        maxLength={200}
        onChange={(event) => type(event.target.value)}
      />
      <datalist id={names}>
        {instruments.map(({ id, name, symbol }) => (
          <option key={id} value={name}>
            {symbol}
          </option>
        ))}
      </datalist>
      {text.trim() !== '' && value === '' ? (
        <button type="button" className="link" disabled={isLoading} onClick={addIt}>
          {t('transactions.addInstrument', { name: text.trim(), currency })}
        </button>
      ) : null}
      {error ? <ProblemNote problem={error as Problem} /> : null}
    </div>
  )
}
