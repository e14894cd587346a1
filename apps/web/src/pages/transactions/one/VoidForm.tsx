import type { Problem, Schema } from '@pe/sdk/client.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../../../components/common/ProblemNote.tsx'
import { useToast } from '../../../components/common/toast-context.ts'
import { useReinstateMutation, useVoidMutation } from '../../../services/journal-api.ts'
import { TextField } from '../FormFields.tsx'
import type { Standing } from '../useRecording.ts'

interface VoidFormProps {
  readonly of: Schema<'Transaction'>
  readonly done: () => void
  /** It was reinstated: what stands in the journal now. */
  readonly onStanding: (standing: Pick<Standing, 'id'>) => void
}

/** Voids with a reason, which the history keeps; the toast can take it back. */
export function VoidForm({ of, done, onStanding }: VoidFormProps) {
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
