import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote, useProblemWords } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useActionsQuery, useChangeActionMutation, useRecordActionMutation, useUndoActionMutation } from '../../services/actions-api.ts'
import { useInstrumentsQuery } from '../../services/portfolio-api.ts'
import { plainly } from '../transactions/form-values.ts'
import { checkedTerms, emptyTerms, misreadTerms, type TermValues, termsIn } from './action-terms.ts'
import { PreviewStep } from './PreviewStep.tsx'
import { TermFields } from './TermFields.tsx'

interface WizardProps {
  readonly instrumentId: string
  readonly portfolio: Schema<'Portfolio'>
  readonly today: string
  readonly done: () => void
}

/** Terms first, judged while they are typed; then what they would do to each account; then it is applied, and a toast can take it back. */
export function ActionWizard({ instrumentId, portfolio, today, done }: WizardProps) {
  const { t } = useTranslation()
  const { numberLocale: locale } = useFormat()
  const words = useProblemWords()
  const { announce } = useToast()
  const [values, setValues] = useState<TermValues>(() => emptyTerms(instrumentId, today))
  const [action, setAction] = useState<Schema<'CorporateAction'> | null>(null)
  const [step, setStep] = useState<'terms' | 'preview'>('terms')
  const [touched, setTouched] = useState(false)
  const instruments = useInstrumentsQuery({}).data
  const [record, recording] = useRecordActionMutation()
  const [change, changing] = useChangeActionMutation()
  const [undo] = useUndoActionMutation()
  const currency = instruments?.find(({ id }) => id === values.instrumentId)?.currency ?? 'EUR'
  const wrong = misreadTerms(values, locale)
  const { terms, refusal } = checkedTerms(values, currency, locale)
  const problem = (recording.error ?? changing.error) as Problem | undefined

  const preview = async (event: FormEvent) => {
    event.preventDefault()
    if (!terms) return
    const { data } = action ? await change({ actionId: action.id, version: action.version, terms }) : await record(terms)
    if (!data) return
    setAction(data)
    setStep('preview')
  }
  const applied = ({ id, kind }: Schema<'ActionApplication'>) => {
    announce({ message: t('actions.applied', { kind: t(`actions.kind.${kind}`) }), undo: () => undo(id) })
    done()
  }
  if (step === 'preview' && action)
    return <PreviewStep action={action} portfolio={portfolio} back={() => setStep('terms')} applied={applied} />
  return (
    <form className="fields" onSubmit={preview}>
      <TermFields
        values={values}
        currency={currency}
        wrong={wrong}
        onChange={(patch) => {
          setTouched(true)
          setValues((before) => ({ ...before, ...patch }))
        }}
      />
      <Recorded
        instrumentId={values.instrumentId}
        chosen={action}
        onChoose={(chosen) => {
          setAction(chosen)
          setValues(termsIn(chosen, (decimal) => plainly(decimal, locale)))
        }}
      />
      {touched && refusal && wrong.length === 0 ? (
        <p className="tie" role="status">
          {words({ type: '', title: refusal.detail, status: 422, code: refusal.code, detail: refusal.detail })}
        </p>
      ) : null}
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="ends">
        <button type="button" className="btn" onClick={done}>
          {t('transactions.cancel')}
        </button>
        <button type="submit" className="btn pri" disabled={!terms || wrong.length > 0 || recording.isLoading || changing.isLoading}>
          {t('actions.preview')}
        </button>
      </div>
    </form>
  )
}

/** What is recorded for the instrument already, to go on with. */
function Recorded({
  instrumentId,
  chosen,
  onChoose,
}: {
  instrumentId: string
  chosen: Schema<'CorporateAction'> | null
  onChoose: (action: Schema<'CorporateAction'>) => void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const recorded = useActionsQuery({ instrumentId }, { skip: instrumentId === '' }).data?.filter((one) => one.instrumentId === instrumentId)
  if (!recorded || recorded.length === 0) return null
  return (
    <fieldset className="recorded-actions">
      <legend>{t('actions.recorded')}</legend>
      {recorded.map((action) => (
        <button key={action.id} type="button" className="btn" aria-pressed={chosen?.id === action.id} onClick={() => onChoose(action)}>
          {t(`actions.kind.${action.kind}`)} · {format.day(action.exDate)}
        </button>
      ))}
    </fieldset>
  )
}
