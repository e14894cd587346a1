import type { Problem, Schema } from '@pe/sdk/client.ts'
import { mappingFields } from '@pe/sdk/imports.generated.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useChangeImportMutation } from '../../services/import-api.ts'
import { KindWords, wordsOf } from './KindWords.tsx'

type Mapping = Schema<'Mapping'>

const contents = Object.keys(mappingFields) as readonly Mapping['content'][]

/** What each column of a CSV is, chosen in the head of its own first rows. */
export function ColumnMapping({ of, back }: { of: Schema<'Import'>; back?: () => void }) {
  const { t } = useTranslation()
  const [change, { isLoading, error }] = useChangeImportMutation()
  const [mapping, setMapping] = useState<Mapping>(of.mapping ?? { content: 'transactions', columns: {} })
  if (!of.sample) return null
  const { headers, rows } = of.sample
  const kindWords = mapping.content === 'transactions' ? wordsOf(of.sample, mapping.columns.kind) : []
  const fieldOf = (header: string) => Object.entries(mapping.columns).find(([, column]) => column === header)?.[0] ?? ''
  const choose = (header: string, field: string) => {
    const others = Object.entries(mapping.columns).filter(([known, column]) => column !== header && known !== field)
    setMapping({ ...mapping, columns: Object.fromEntries(field ? [...others, [field, header]] : others) })
  }
  return (
    <form
      className="sec"
      onSubmit={(event) => {
        event.preventDefault()
        change({ importId: of.id, mapping })
      }}
    >
      <div className="sec-head">
        <h2>{t('import.mapping.title')}</h2>
      </div>
      <MappingOptions of={mapping} onChange={setMapping} />
      <section className="scroll-x" aria-label={t('import.mapping.title')}>
        <table className="t impt">
          <thead>
            <tr>
              {headers.map((header) => (
                <th key={header}>
                  <select
                    className="input sm"
                    aria-label={t('import.mapping.columnIs', { column: header })}
                    value={fieldOf(header)}
                    onChange={(event) => choose(header, event.target.value)}
                  >
                    <option value="">{t('import.mapping.leftOut')}</option>
                    {mappingFields[mapping.content].map((field) => (
                      <option key={field} value={field}>
                        {t(`import.field.${field}`)}
                      </option>
                    ))}
                  </select>
                  <span className="src mono">{header}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, 6).map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a sample of a file, whose rows may be equal and keep their places
              <tr key={at}>
                {headers.map((header, column) => (
                  <td key={header} className={fieldOf(header) ? '' : 'muted'}>
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {kindWords.length > 0 ? <KindWords of={mapping} words={kindWords} onChange={setMapping} /> : null}
      {error ? <ProblemNote problem={error as Problem} /> : null}
      <p className="map-foot">
        {back ? (
          <button type="button" className="btn" onClick={back}>
            {t('import.back')}
          </button>
        ) : null}
        <button type="submit" className="btn pri" disabled={isLoading || Object.keys(mapping.columns).length === 0}>
          {isLoading ? t('import.reading') : t('import.mapping.use')}
        </button>
      </p>
    </form>
  )
}

/** What the columns cannot say: what the file holds, a currency or account for all rows, how trades are booked. */
function MappingOptions({ of, onChange }: { of: Mapping; onChange: (mapping: Mapping) => void }) {
  const { t } = useTranslation()
  const set = (key: 'currency' | 'account' | 'instrument' | 'dateFormat' | 'decimalSign', value: string) => {
    const { [key]: _, ...rest } = of
    onChange((value === '' ? rest : { ...rest, [key]: value }) as Mapping)
  }
  const ofAll = of.content === 'prices' ? 'instrument' : 'account'
  return (
    <div className="target">
      <label className="field">
        <span>{t('import.mapping.content')}</span>
        <select
          className="input sm"
          value={of.content}
          onChange={(event) => onChange({ content: event.target.value as Mapping['content'], columns: {} })}
        >
          {contents.map((content) => (
            <option key={content} value={content}>
              {t(`import.content.${content}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('import.mapping.currency')}</span>
        <input
          className="input sm"
          value={of.currency ?? ''}
          maxLength={3}
          placeholder={t('import.mapping.fromColumn')}
          onChange={(event) => set('currency', event.target.value.toUpperCase())}
        />
      </label>
      <label className="field">
        <span>{t('import.mapping.dateFormat')}</span>
        <input
          className="input sm"
          value={of.dateFormat ?? ''}
          placeholder={t('import.mapping.recognised')}
          onChange={(event) => set('dateFormat', event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t('import.mapping.decimalSign')}</span>
        <select className="input sm" value={of.decimalSign ?? ''} onChange={(event) => set('decimalSign', event.target.value)}>
          <option value="">{t('import.mapping.recognised')}</option>
          <option value=".">{t('import.mapping.point')}</option>
          <option value=",">{t('import.mapping.comma')}</option>
        </select>
      </label>
      {of.content === 'rates' ? null : (
        <label className="field">
          <span>{t(`import.mapping.${ofAll}`)}</span>
          <input
            className="input sm"
            value={of[ofAll] ?? ''}
            maxLength={200}
            placeholder={t('import.mapping.fromColumn')}
            onChange={(event) => set(ofAll, event.target.value)}
          />
        </label>
      )}
      {of.content === 'transactions' ? (
        <label className="field">
          <span>{t('import.mapping.trades')}</span>
          <select
            className="input sm"
            value={of.trades ?? 'delivery'}
            onChange={(event) => onChange({ ...of, trades: event.target.value as 'delivery' | 'cash' })}
          >
            <option value="delivery">{t('import.mapping.tradesDelivery')}</option>
            <option value="cash">{t('import.mapping.tradesCash')}</option>
          </select>
        </label>
      ) : null}
    </div>
  )
}
