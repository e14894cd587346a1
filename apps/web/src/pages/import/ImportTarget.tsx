import { currencies } from '@pe/finance/money/currency.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useChangeImportMutation } from '../../services/import-api.ts'
import { usePortfoliosQuery } from '../../services/portfolio-api.ts'

/**
 * Which portfolio a file goes into: one there is, or a new name with its base currency. While what is typed here differs from what the
 * preview was made for, `onDiffers` has said so: recording would otherwise go where the person no longer means it to go.
 */
export function ImportTarget({ of, onDiffers }: { of: Schema<'Import'>; onDiffers: (differs: boolean) => void }) {
  const { t } = useTranslation()
  const [change, { isLoading, error }] = useChangeImportMutation()
  const portfolios = usePortfoliosQuery().data ?? []
  const [name, setName] = useState(of.portfolio ?? '')
  const [currency, setCurrency] = useState(of.baseCurrency ?? 'EUR')
  const names = useId()
  const offered = portfolios.filter(({ archivedOn }) => archivedOn === null)
  const exists = portfolios.some((portfolio) => portfolio.name === name)
  const changed = name.trim() !== (of.portfolio ?? '') || (!exists && currency !== (of.baseCurrency ?? 'EUR'))
  useEffect(() => onDiffers(changed), [onDiffers, changed])
  return (
    <form
      className="target"
      onSubmit={(event) => {
        event.preventDefault()
        change({ importId: of.id, portfolio: name.trim(), ...(exists ? {} : { baseCurrency: currency }) })
      }}
    >
      <label className="field">
        <span>{t('import.into')}</span>
        <input className="input sm" list={names} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        <datalist id={names}>
          {offered.map((portfolio) => (
            <option key={portfolio.id} value={portfolio.name} />
          ))}
        </datalist>
      </label>
      <label className="field">
        <span>{t('import.baseCurrency')}</span>
        <select className="input sm" value={currency} disabled={exists} onChange={(event) => setCurrency(event.target.value)}>
          {currencies.map((code) => (
            <option key={code}>{code}</option>
          ))}
        </select>
      </label>
      {changed ? (
        <button type="submit" className="btn pri" disabled={isLoading || name.trim() === ''}>
          {t('import.lookAgain')}
        </button>
      ) : (
        <span className="muted">{exists ? t('import.intoThere') : t('import.intoNew')}</span>
      )}
      {error ? <ProblemNote problem={error as Problem} /> : null}
    </form>
  )
}
