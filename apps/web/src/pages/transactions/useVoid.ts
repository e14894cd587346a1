import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useProblemWords } from '../../components/common/ProblemNote.tsx'
import { useToast } from '../../components/common/toast-context.ts'
import { useReinstateMutation, useVoidMutation } from '../../services/journal-api.ts'

export type VoidAndUndo = (transaction: Schema<'Transaction'>) => Promise<void>

/** Voids a transaction; the toast that says so can take it back. */
export function useVoid(): VoidAndUndo {
  const { t } = useTranslation()
  const { announce } = useToast()
  const words = useProblemWords()
  const [voidIt] = useVoidMutation()
  const [reinstate] = useReinstateMutation()
  return async (transaction) => {
    const { data, error } = await voidIt({ transactionId: transaction.id, version: transaction.version })
    if (data) announce({ message: t('transactions.voided'), undo: () => reinstate(transaction.id) })
    else if (error) announce({ message: words(error as Problem) })
  }
}
