import type { Schema } from '@pe/sdk/client.ts'
import type { TFunction } from 'i18next'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Emphasis } from '../../components/common/Emphasis.tsx'
import type { FigureFormat } from '../../hooks/figure-format.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { warningWords } from '../../hooks/warning-words.ts'
import { type SentencePart, sentenceParts } from './statement-parts.ts'

/** Why the number is what it is, written from the figures. */
export function HomeSentence({ performance, holdings }: { performance: Schema<'Performance'>; holdings: Schema<'Holdings'> | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { statement, closingValue } = performance
  if (closingValue.amount === null)
    return (
      <p className="why">
        {t('home.sentence.unknown', { reason: whyUnknown(closingValue, t, format) })}{' '}
        {holdings?.partialValue ? (
          <Emphasis
            words="home.sentence.partial"
            values={{ amount: `${format.money(holdings.partialValue)} ${performance.currency}`, count: holdings.unknownCount }}
          />
        ) : null}
      </p>
    )
  const parts = statement ? sentenceParts(statement) : null
  if (!parts) return null
  const { change, added, took } = parts
  const lead = change.isZero() ? 'level' : change.isNegative() ? 'down' : 'up'
  const [first, second] = change.isNegative() ? [took, added] : [added, took]
  return (
    <p className="why">
      <Emphasis
        words={`home.sentence.${lead}`}
        values={{ amount: format.money(change.abs().toString()), date: format.day(performance.from) }}
      />
      {first.length > 0 ? ': ' : null}
      <Parts parts={first} format={format} />
      {second.length > 0 ? (first.length > 0 ? '; ' : ': ') : null}
      <Parts parts={second} format={format} />.
    </p>
  )
}

function whyUnknown({ reason, detail, facts }: Schema<'MoneyFigure'>, t: TFunction, format: FigureFormat): string {
  const words = detail ? warningWords({ code: reason ?? '', detail, facts }, t, format) : t(`figures.reason.${reason ?? 'unknown'}`)
  // the server's own words and the shorter reasons are no whole sentences
  return /[.!?]$/.test(words) ? words : `${words}.`
}

function Parts({ parts, format }: { parts: readonly SentencePart[]; format: FigureFormat }) {
  const joins = new Intl.ListFormat(format.locale, { type: 'conjunction' }).formatToParts(parts.map((_, at) => String(at)))
  return joins.map((join) => {
    const part = join.type === 'element' ? parts[Number(join.value)] : undefined
    return part ? (
      <Emphasis key={part.words} words={`home.sentence.${part.words}`} values={{ amount: format.money(part.amount) }} />
    ) : (
      <Fragment key={join.value}>{join.value}</Fragment>
    )
  })
}
