import Drawer from '@mui/material/Drawer'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../hooks/useFormat.ts'
import { usePhone } from '../../../hooks/usePhone.ts'
import { warningWords } from '../../../hooks/warning-words.ts'
import Themed from '../../../styles/Themed.tsx'
import { Icon } from '../Icon.tsx'
import { Percent } from '../Percent.tsx'
import { ProblemNote } from '../ProblemNote.tsx'
import { useToast } from '../toast-context.ts'
import { Skeleton } from '../Waiting.tsx'
import type { ExplainRequest } from './explain-context.ts'
import { TrailTree } from './TrailTree.tsx'
import { columnFacts, daysThatMattered } from './trail-columns.ts'
import { formulaOf, sameFigure, writtenValue } from './trail-words.ts'
import { useTrail } from './use-trail.ts'

/** The drawer: over the page from the right, from the bottom on a phone. */
export default function ExplanationDrawer({ request, open, close }: { request: ExplainRequest; open: boolean; close: () => void }) {
  const { t } = useTranslation()
  const phone = usePhone()
  const title = t('explain.title', { name: request.title })
  return (
    <Themed>
      <Drawer
        anchor={phone ? 'bottom' : 'right'}
        open={open}
        onClose={close}
        slotProps={{ backdrop: { invisible: true }, paper: { className: 'drawer', role: 'dialog', 'aria-label': title } }}
      >
        <header>
          <h2>{title}</h2>
          <button type="button" className="icon" aria-label={t('shell.close')} onClick={close}>
            <Icon name="cross" />
          </button>
        </header>
        <Explanation request={request} />
      </Drawer>
    </Themed>
  )
}

/** Figure, formula, inputs with their sources, rounding, warnings: from the trail that the server computed by. */
function Explanation({ request }: { request: ExplainRequest }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { announce } = useToast()
  const { trail, warnings, waiting, problem, retry } = useTrail(request)
  const copy = () => navigator.clipboard.writeText(JSON.stringify(trail, null, 2)).then(() => announce({ message: t('explain.copied') }))
  // A rounding or a turned sign says little by itself: the step beneath it is the one to show.
  const step = trail?.op === 'round' || request.negated ? (trail?.inputs[0] ?? trail) : trail
  const exact = step && trail ? writtenValue(request.negated ? trail : step, format) : null
  const matters = step ? daysThatMattered(step, 4) : []
  const columns = step ? columnFacts(step) : []
  const timing = step?.parameters?.timing
  return (
    <div className="in">
      <div>
        <div className="big">{request.shown}</div>
        <p className="soft">{request.about}</p>
      </div>
      {problem ? <ProblemNote problem={problem} retry={retry} /> : null}
      {waiting ? <Skeleton chart={false} rows={5} /> : null}
      {!waiting && !problem && !trail ? <p className="note calm">{t('explain.none')}</p> : null}
      {trail ? (
        <>
          <section>
            <h3>{t('explain.how')}</h3>
            <div className="formula">{step ? formulaOf(step, t) : null}</div>
            <p className="muted small">
              {[
                typeof timing === 'string' ? t(`explain.timing.${timing}`) : null,
                trail.op === 'round' ? `${t('explain.rounding', { places: trail.parameters?.places })}.` : null,
                exact && !sameFigure(exact, request.shown)
                  ? t(request.figure === 'xirr' ? 'explain.exactYearly' : 'explain.exact', { value: exact })
                  : null,
              ]
                .filter(Boolean)
                .join(' ')}
            </p>
          </section>
          {step && columns.length + step.inputs.length > 0 ? (
            <section>
              <h3>{t('explain.fromWhat')}</h3>
              {step.inputs.length > 0 ? <TrailTree inputs={step.inputs} /> : null}
              {columns.length > 0 ? (
                <dl className="kv">
                  {columns.map((row) => (
                    <Fact
                      key={row.words}
                      words={t(`explain.columns.${row.words}`, { count: row.count, date: row.date ? format.day(row.date) : '' })}
                      value={row.amount === undefined ? format.count(row.count) : format.money(row.amount, { signed: row.signed })}
                    />
                  ))}
                </dl>
              ) : null}
            </section>
          ) : null}
          {matters.length > 0 ? (
            <section>
              <h3>{t('explain.daysMattered')}</h3>
              <dl className="kv">
                {matters.map((day) => (
                  <DayRow key={day.date} date={day.date} value={day.value} />
                ))}
              </dl>
            </section>
          ) : null}
        </>
      ) : null}
      {warnings.length > 0 ? (
        <section>
          <h3>{t('explain.warnings')}</h3>
          {[...new Map(warnings.map((warning) => [warning.detail, warning])).values()].slice(0, 6).map((warning) => (
            <p className="note" key={warning.detail}>
              <Icon name="clock" small />
              {warningWords(warning, t, format)}
            </p>
          ))}
        </section>
      ) : null}
      {trail ? (
        <button type="button" className="btn" onClick={copy}>
          <Icon name="copy" small />
          {t('explain.copy')}
        </button>
      ) : null}
    </div>
  )
}

function Fact({ words, value }: { words: string; value: string }) {
  return (
    <>
      <dt>{words}</dt>
      <dd>{value}</dd>
    </>
  )
}

function DayRow({ date, value }: { date: string; value: number }) {
  const format = useFormat()
  return (
    <>
      <dt>{format.dayLong(date)}</dt>
      <dd>
        <Percent of={value} signed coloured />
      </dd>
    </>
  )
}
