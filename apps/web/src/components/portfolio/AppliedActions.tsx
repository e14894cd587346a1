import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { actionWords } from '../../hooks/action-words.ts'
import { useFormat } from '../../hooks/useFormat.ts'
import { useApplyActionMutation, useUndoActionMutation } from '../../services/actions-api.ts'
import { useAccountsQuery, useInstrumentsQuery } from '../../services/portfolio-api.ts'
import { useProblemWords } from '../common/ProblemNote.tsx'
import { useToast } from '../common/toast-context.ts'
import { Units } from '../common/Units.tsx'

/** Applied corporate actions as rows of the journal, with what each brought; undone ones stay. */
export function AppliedActions({ applications }: { applications: readonly Schema<'ActionApplication'>[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const undo = useUndo()
  const accounts = new Map(useAccountsQuery({}).data?.map(({ id, name }) => [id, name]))
  const instruments = new Map(useInstrumentsQuery({}).data?.map(({ id, name }) => [id, name]))
  return (
    <ul className="applied-actions">
      {applications.map((application) => (
        <li key={application.id} className={application.undoneAt ? 'dim' : ''}>
          <span className="grow">
            <b>
              {actionWords(application, t, format, (id) => instruments.get(id) ?? '')}, {instruments.get(application.instrumentId)}
            </b>{' '}
            <span className="muted">{format.day(application.exDate)}</span>
            {application.accounts.map(({ accountId, legs }) => (
              <small key={accountId}>
                {accounts.get(accountId)}
                {legs.map((leg) => (
                  <Leg key={leg.id} leg={leg} nameOf={(id) => instruments.get(id) ?? ''} />
                ))}
              </small>
            ))}
          </span>
          {application.undoneAt ? (
            <span className="muted">{t('actions.undone', { date: format.day(application.undoneAt.slice(0, 10)) })}</span>
          ) : (
            <button type="button" className="btn" onClick={() => undo(application)}>
              {t('actions.undo')}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

function Leg({ leg, nameOf }: { leg: Schema<'ActionLeg'>; nameOf: (instrumentId: string) => string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <span className="leg">
      {t(`actions.leg.${leg.kind}`, { name: nameOf(leg.instrumentId) })}
      {leg.quantity !== null && leg.quantity !== '0' ? <Units of={leg.quantity} signed={leg.kind === 'split'} /> : null}
      {leg.into ? (
        <>
          → {nameOf(leg.into.instrumentId)} <Units of={leg.into.quantity} />
        </>
      ) : null}
      {leg.amount === '0' ? null : (
        <span className="num">
          {format.money(leg.amount, {})} {leg.currency}
        </span>
      )}
    </span>
  )
}

/** Takes an application back; the toast can apply it again, with the same choices. */
function useUndo() {
  const { t } = useTranslation()
  const { announce } = useToast()
  const words = useProblemWords()
  const [undoIt] = useUndoActionMutation()
  const [apply] = useApplyActionMutation()
  return async ({ id, actionId, kind, accounts }: Schema<'ActionApplication'>) => {
    const { data, error } = await undoIt(id)
    const choices = accounts.map(({ legs, ...choice }) => choice)
    if (data)
      announce({
        message: t('actions.undoneNow', { kind: t(`actions.kind.${kind}`) }),
        undo: () => apply({ actionId, accounts: choices }),
      })
    else if (error) announce({ message: words(error as Problem) })
  }
}
