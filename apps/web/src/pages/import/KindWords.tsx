import { recordedKinds } from '@pe/finance/ledger/transaction.ts'
import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'

type Mapping = Schema<'Mapping'>

/** What the file's own words for kinds mean: one choice for each word of the column that holds them. */
export function KindWords({ of, words, onChange }: { of: Mapping; words: readonly string[]; onChange: (mapping: Mapping) => void }) {
  const { t } = useTranslation()
  const choose = (word: string, kind: string) => {
    const { [word]: _, ...others } = of.kinds ?? {}
    onChange({ ...of, kinds: kind ? { ...others, [word]: kind } : others })
  }
  return (
    <section className="sec" aria-label={t('import.field.kind')}>
      <p className="label soft">{t('import.field.kind')}</p>
      <div className="target">
        {words.map((word) => (
          <label key={word} className="field">
            <span className="mono">{word}</span>
            <select
              className="input sm"
              aria-label={word}
              value={of.kinds?.[word] ?? ''}
              onChange={(event) => choose(word, event.target.value)}
            >
              <option value="">{t('import.mapping.recognised')}</option>
              {recordedKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kind.${kind}`)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </section>
  )
}

/** The different words that the whole file holds in a column, in its order. */
export function wordsOf({ headers, words }: NonNullable<Schema<'Import'>['sample']>, column: string | undefined): readonly string[] {
  return column === undefined ? [] : (words?.[headers.indexOf(column)] ?? [])
}
