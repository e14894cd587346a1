import type { Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../hooks/useFormat.ts'
import { type NamesOf, useChangeWords } from './useChangeWords.ts'

/** The only person there is before sign-in exists. */
const owner = '00000000-0000-7000-8000-000000000002'

/** Who stated what, when and why: the newest act first, each with what it changed. */
export function HistoryActs({ acts, ...names }: { acts: readonly Schema<'HistoryAct'>[] } & NamesOf) {
  return (
    <ol className="acts">
      {[...acts].reverse().map((act) => (
        <Act key={`${act.act} ${act.at}`} act={act} {...names} />
      ))}
    </ol>
  )
}

function Act({ act, ...names }: { act: Schema<'HistoryAct'> } & NamesOf) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useChangeWords(names)
  const time = new Date(act.at).toLocaleTimeString(format.locale, { hour: '2-digit', minute: '2-digit' })
  const who = act.by === owner ? t('history.you') : t('history.person', { id: act.by.slice(-6) })
  return (
    <li>
      <h3>{t(`history.act.${act.act}`)}</h3>
      <p className="muted small">
        {t('history.byAt', { who, day: format.day(act.at.slice(0, 10)), time })}
        {act.eventKind ? ` · ${t(`kind.${act.eventKind}`)}` : ''}
      </p>
      {act.reason ? <p>{t('history.because', { reason: act.reason })}</p> : null}
      {act.changes.length > 0 ? (
        <dl className="changes">
          {act.changes.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{words.field(field)}</dt>
              <dd>
                <s>{words.value(field, before)}</s> <span aria-hidden="true">→</span> {words.value(field, after)}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </li>
  )
}
