import type { Problem } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../../components/common/Icon.tsx'
import { ProblemNote } from '../../../components/common/ProblemNote.tsx'
import { useView } from '../../../hooks/useView.ts'
import { useMarkReviewedMutation, usePostDraftsMutation } from '../../../services/account-api.ts'
import { useReinstateMutation } from '../../../services/journal-api.ts'
import { useAboutQuery } from '../../../services/portfolio-api.ts'
import type { JournalRow } from '../journal-rows.ts'
import type { Standing } from '../useRecording.ts'

interface ActsProps {
  readonly of: JournalRow
  /** The book is shown as it was known: nothing can be changed there. */
  readonly asKnown: boolean
  readonly onEdit: () => void
  /** The form that asks why stands open. */
  readonly asking: boolean
  readonly onVoid: () => void
  /** Something else stands in the journal now. */
  readonly onStanding: (standing: Pick<Standing, 'id'>) => void
}

/** Correct, post, review, void, reinstate: what its state allows, and the way back to the journal. */
export function TransactionActs({ of, asKnown, onEdit, asking, onVoid, onStanding }: ActsProps) {
  const { t } = useTranslation()
  const { search } = useView()
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
            <button type="button" className="btn" aria-expanded={asking} onClick={onVoid}>
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
    </>
  )
}

function useActs(of: JournalRow, onStanding: ActsProps['onStanding']) {
  const [postIt, posting] = usePostDraftsMutation()
  const [reviewIt, reviewing] = useMarkReviewedMutation()
  const [reinstateIt, reinstating] = useReinstateMutation()
  const all = [posting, reviewing, reinstating]
  return {
    // A draft that is posted is recorded anew: the draft stays in the history.
    post: async () => {
      const { data } = await postIt((of.legs ?? [of]).map(({ id }) => id))
      const [id] = data?.posted ?? []
      if (id) onStanding({ id })
    },
    review: () => reviewIt(of.id),
    reinstate: async () => {
      const { data } = await reinstateIt(of.id)
      if (data) onStanding(data.transaction)
    },
    busy: all.some(({ isLoading }) => isLoading),
    problem: all.find(({ error }) => error)?.error as Problem | undefined,
  }
}
