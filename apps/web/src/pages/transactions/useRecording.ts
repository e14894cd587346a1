import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../components/common/toast-context.ts'
import { useRecordMutation, useReplaceMutation, useVoidMutation } from '../../services/journal-api.ts'

/** Records a new transaction, or a correction in the place of another; the toast can take either back. */
export function useRecording(edited: Schema<'Transaction'> | null, done: () => void) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [recordIt, recording] = useRecordMutation()
  const [replaceIt, replacing] = useReplaceMutation()
  const [voidIt] = useVoidMutation()

  const record = async (accountId: string, transaction: Schema<'NewTransaction'>) => {
    if (edited) {
      const { data } = await replaceIt({ transactionId: edited.id, version: edited.version, transaction })
      if (!data) return
      const { id: transactionId, version } = data.transaction
      announce({ message: t('transactions.corrected'), undo: () => replaceIt({ transactionId, version, transaction: asStated(edited) }) })
    } else {
      const { data } = await recordIt({ accountId, transaction })
      if (!data) return
      const { id: transactionId, version } = data.transaction
      announce({
        message: t('transactions.recorded', { kind: t(`kind.${transaction.kind}`) }),
        undo: () => voidIt({ transactionId, version }),
      })
    }
    done()
  }
  return {
    record,
    busy: recording.isLoading || replacing.isLoading,
    problem: (edited ? replacing.error : recording.error) as Problem | undefined,
  }
}

/** A recorded transaction as it would be stated again. */
function asStated(recorded: Schema<'Transaction'>): Schema<'NewTransaction'> {
  const { kind, date, amount, currency, fee, tax, note } = recorded
  const optional = [
    'time',
    'instrumentId',
    'quantity',
    'price',
    'cashCurrency',
    'cashAccountId',
    'toAccountId',
    'received',
    'rate',
    'lots',
  ] as const
  const given = optional.filter((field) => recorded[field] !== null).map((field) => [field, recorded[field]])
  return {
    kind,
    date,
    amount,
    currency,
    fee,
    tax,
    note,
    state: recorded.state === 'draft' ? 'draft' : 'posted',
    ...Object.fromEntries(given),
  }
}
