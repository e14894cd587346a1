import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../../components/common/Icon.tsx'
import { ProblemNote } from '../../../components/common/ProblemNote.tsx'
import { useToast } from '../../../components/common/toast-context.ts'
import { useView } from '../../../hooks/useView.ts'
import { useMarkReviewedMutation, usePostDraftsMutation } from '../../../services/account-api.ts'
import { useReinstateMutation, useVoidMutation } from '../../../services/journal-api.ts'
import { useAboutQuery } from '../../../services/portfolio-api.ts'
import { TextField } from '../FormFields.tsx'
import type { JournalRow } from '../journal-rows.ts'
import type { Standing } from '../useRecording.ts'

interface ActsProps {
  readonly of: JournalRow
  /** The book is shown as it was known: nothing can be changed there. */
  readonly asKnown: boolean
  readonly onEdit: () => void
  /** Something else stands in the journal now. */
  readonly onStanding: (standing: Standing) => void
}

/** Correct, post, review, void, reinstate: what its state allows, and the way back to the journal. */
export function TransactionActs({ of, asKnown, onEdit, onStanding }: ActsProps) {
  const { t } = useTranslation()
  const { search } = useView()
  const [asking, setAsking] = useState(false)
  const { post, review, reinstate, problem, busy } = useActs(of, onStanding)
  const today = useAboutQuery().data?.today
  const changeable = !asKnown && of.state !== 'void'
  return (
    <>
      <span className="end">
        <Link className="btn" to={`/transactions${search}`}>
          <Icon name="transactions" small />
          {t('account.journal')}
        </Link>
        {!asKnown && of.state === 'void' && of.replacedBy === null ? (
          <button type="button" className="btn pri" disabled={busy} onClick={reinstate}>
            <Icon name="undo" small />
            {t('transactions.one.reinstate')}
          </button>
        ) : null}
        {changeable ? (
          <>
            <button type="button" className="btn" aria-expanded={asking} onClick={() => setAsking(!asking)}>
              <Icon name="cross" small />
              {t('transactions.void')}
            </button>
            <button type="button" className={of.state === 'draft' || of.needsReview ? 'btn' : 'btn pri'} onClick={onEdit}>
              <Icon name="pencil" small />
              {t('transactions.edit')}
            </button>
          </>
        ) : null}
        {changeable && of.state === 'draft' && today && of.date <= today ? (
          <button type="button" className="btn pri" disabled={busy} onClick={post}>
            {t('waiting.post')}
          </button>
        ) : null}
        {changeable && of.state === 'posted' && of.needsReview ? (
          <button type="button" className="btn pri" disabled={busy} onClick={review}>
            {t('waiting.reviewed')}
          </button>
        ) : null}
      </span>
      {problem ? <ProblemNote problem={problem} /> : null}
      {asking && changeable ? <VoidForm of={of} done={() => setAsking(false)} onStanding={onStanding} /> : null}
    </>
  )
}

function useActs(of: JournalRow, onStanding: ActsProps['onStanding']) {
  const [postIt, posting] = usePostDraftsMutation()
  const [reviewIt, reviewing] = useMarkReviewedMutation()
  const [reinstateIt, reinstating] = useReinstateMutation()
  const all = [posting, reviewing, reinstating]
  return {
    post: () => postIt((of.legs ?? [of]).map(({ id }) => id)),
    review: () => reviewIt(of.id),
    reinstate: async () => {
      const { data } = await reinstateIt(of.id)
      if (data) onStanding(data.transaction)
    },
    busy: all.some(({ isLoading }) => isLoading),
    problem: all.find(({ error }) => error)?.error as Problem | undefined,
  }
}

/** Voids with a reason, which the history keeps; the toast can take it back. */
function VoidForm({ of, done, onStanding }: { of: Schema<'Transaction'>; done: () => void; onStanding: ActsProps['onStanding'] }) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [reason, setReason] = useState('')
  const [voidIt, { isLoading, error }] = useVoidMutation()
  const [reinstate] = useReinstateMutation()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const why = reason.trim() === '' ? {} : { reason: reason.trim() }
    const { data } = await voidIt({ transactionId: of.id, version: of.version, ...why })
    if (!data) return
    const undo = async () => {
      const back = await reinstate(of.id)
      if (back.data) onStanding(back.data.transaction)
    }
    announce({ message: t('transactions.voided'), undo })
    done()
  }
  return (
    <form className="fields void-form" onSubmit={submit}>
      <TextField label={t('transactions.one.reason')} value={reason} onChange={setReason} maxLength={2000} autoFocus />
      <p className="tie">{t('transactions.one.voidWhy')}</p>
      {error ? <ProblemNote problem={error as Problem} /> : null}
      <div className="ends">
        <button type="button" className="btn" onClick={done}>
          {t('transactions.cancel')}
        </button>
        <button type="submit" className="btn pri" disabled={isLoading}>
          {t('transactions.one.voidIt')}
        </button>
      </div>
    </form>
  )
}
