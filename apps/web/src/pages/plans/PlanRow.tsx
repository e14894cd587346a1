import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../../components/common/Icon.tsx'
import { Money } from '../../components/common/Money.tsx'
import { ProblemNote } from '../../components/common/ProblemNote.tsx'
import { useFormat } from '../../hooks/useFormat.ts'
import { usePausePlanMutation, useRemovePlanMutation, useResumePlanMutation } from '../../services/account-api.ts'
import { useInstrumentsQuery } from '../../services/portfolio-api.ts'

type Plan = Schema<'Plan'>

interface PlanRowProps {
  readonly of: Plan
  readonly account: string
  readonly onChange: (of: Plan) => void
}

/** One plan, with what can be done about it; one that missed days asks what becomes of them before it goes on. */
export function PlanRow({ of, account, onChange }: PlanRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [remove, removing] = useRemovePlanMutation()
  const [pause, pausing] = usePausePlanMutation()
  const [resume, resuming] = useResumePlanMutation()
  const [asks, setAsks] = useState(false)
  const instrument = useInstrumentsQuery({}).data?.find(({ id }) => id === of.instrumentId)
  const does = [t(`kind.${of.kind}`), instrument?.name, account].filter(Boolean).join(' \u00b7 ')
  const busy = removing.isLoading || pausing.isLoading || resuming.isLoading
  const problem = (removing.error ?? pausing.error ?? resuming.error) as Problem | undefined
  const goOn = async (missed: 'leave-out' | 'draft') => {
    setAsks(false)
    await resume({ plan: of, missed })
  }
  return (
    <>
      <tr>
        <td className="a">
          <span className="name">
            <b>{of.name}</b>
            <small>{does}</small>
          </span>
        </td>
        <td className="c soft">
          <span className="only-phone kindp">{`${does} · `}</span>
          {t(`plans.every.${of.rhythm}`)}
        </td>
        <td className="c">
          {of.pausedOn ? (
            <span className="tag info">{t('plans.pausedSince', { date: format.day(of.pausedOn) })}</span>
          ) : of.nextDue ? (
            format.day(of.nextDue)
          ) : (
            t('plans.ended')
          )}
        </td>
        <td className="n soft">{t('plans.drafted', { count: of.drafted })}</td>
        <td className="b n">
          <Money of={of.amount} /> {of.currency}
        </td>
        <td className="c n">
          {of.pausedOn ? (
            <Act
              icon="resume"
              words={t('plans.resume', { name: of.name })}
              busy={busy}
              act={() => (of.missed > 0 ? setAsks(true) : goOn('leave-out'))}
            />
          ) : of.nextDue ? (
            <Act icon="pause" words={t('plans.pause', { name: of.name })} busy={busy} act={() => pause(of)} />
          ) : null}
          <Act icon="pencil" words={t('plans.change', { name: of.name })} busy={busy} act={() => onChange(of)} />
          <Act icon="cross" words={t('plans.remove', { name: of.name })} busy={busy} act={() => remove(of.id)} />
        </td>
      </tr>
      {asks || problem ? (
        <tr className="asks">
          <td className="a" colSpan={6}>
            {problem ? <ProblemNote problem={problem} /> : null}
            {asks ? (
              <div className="note calm" role="status">
                <p>{t('plans.missed', { count: of.missed, name: of.name })}</p>
                <span className="ends">
                  <button type="button" className="btn pri" onClick={() => goOn('leave-out')}>
                    {t('plans.leaveOut')}
                  </button>
                  <button type="button" className="btn" onClick={() => goOn('draft')}>
                    {t('plans.draftMissed', { count: of.missed })}
                  </button>
                  <button type="button" className="btn" onClick={() => setAsks(false)}>
                    {t('transactions.cancel')}
                  </button>
                </span>
              </div>
            ) : null}
          </td>
        </tr>
      ) : null}
    </>
  )
}

function Act({ icon, words, busy, act }: { icon: IconName; words: string; busy: boolean; act: () => void }) {
  return (
    <button type="button" className="icon mini-icon" disabled={busy} onClick={act} aria-label={words} title={words}>
      <Icon name={icon} small />
    </button>
  )
}
