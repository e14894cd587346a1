import Drawer from '@mui/material/Drawer'
import type { Trail } from '@pe/finance/explain/trail.ts'
import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../hooks/useFormat.ts'
import { usePhone } from '../../../hooks/usePhone.ts'
import { warningWords } from '../../../hooks/warning-words.ts'
import { useHoldingsQuery, usePerformanceQuery } from '../../../services/analytics-api.ts'
import Themed from '../../../styles/Themed.tsx'
import { Icon } from '../Icon.tsx'
import { Percent } from '../Percent.tsx'
import { ProblemNote } from '../ProblemNote.tsx'
import { useToast } from '../toast-context.ts'
import { Skeleton } from '../Waiting.tsx'
import type { ExplainRequest } from './explain-context.ts'
import { TrailTree } from './TrailTree.tsx'
import { columnFacts, daysThatMattered } from './trail-columns.ts'
import { formulaOf, isTrail, sameFigure, writtenValue } from './trail-words.ts'

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
  // A rounding says little by itself: the step beneath it is the one to show.
  const step = trail?.op === 'round' ? (trail.inputs[0] ?? trail) : trail
  const exact = step ? writtenValue(step, format) : null
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
          {columns.length > 0 ? (
            <section>
              <h3>{t('explain.fromWhat')}</h3>
              <dl className="kv">
                {columns.map((row) => (
                  <Fact
                    key={row.words}
                    words={t(`explain.columns.${row.words}`, { count: row.count, date: row.date ? format.day(row.date) : '' })}
                    value={row.amount === undefined ? format.count(row.count) : format.money(row.amount, { signed: row.signed })}
                  />
                ))}
              </dl>
            </section>
          ) : null}
          {step && step.inputs.length > 0 ? (
            <section>
              <h3>{t('explain.fromWhat')}</h3>
              <TrailTree inputs={step.inputs} />
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
          {warnings.slice(0, 6).map((warning) => (
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

interface FoundTrail {
  readonly trail: Trail | null
  readonly warnings: readonly Schema<'Warning'>[]
  readonly waiting: boolean
  readonly problem: Problem | undefined
  readonly retry: () => void
}

function useTrail({ from, figure }: ExplainRequest): FoundTrail {
  const performance = usePerformanceQuery(
    { ...(from.kind === 'performance' ? from.question : noPeriod), explain: true },
    { skip: from.kind !== 'performance' },
  )
  const holdings = useHoldingsQuery(
    { ...(from.kind === 'holdings' ? from.question : noDay), explain: true },
    { skip: from.kind !== 'holdings' },
  )
  const asked = from.kind === 'performance' ? performance : holdings
  const trails =
    from.kind === 'performance'
      ? performance.currentData?.trails
      : from.instrumentId
        ? holdings.currentData?.holdings.find(({ instrumentId }) => instrumentId === from.instrumentId)?.trails
        : holdings.currentData?.trails
  const found = trails?.[figure] ?? within(trails?.statement, figure)
  return {
    trail: isTrail(found) ? found : null,
    warnings: asked.currentData?.warnings ?? [],
    waiting: asked.isFetching && !asked.currentData,
    problem: asked.error as Problem | undefined,
    retry: asked.refetch,
  }
}

/** A line of the statement, wherever it stands in the statement's trail. */
function within(node: unknown, figure: string): Trail | undefined {
  if (!isTrail(node)) return undefined
  if (node.figure === figure) return node
  for (const input of node.inputs) {
    const found = within(input, figure)
    if (found) return found
  }
  return undefined
}

const noPeriod = { portfolioId: '', to: '', currency: '' }
const noDay = { portfolioId: '', asOf: '', currency: '' }
