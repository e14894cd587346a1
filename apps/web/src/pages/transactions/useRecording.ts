import type { Problem, Schema } from '@pe/sdk/client.ts'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../components/common/toast-context.ts'
import {
  useRecordEventMutation,
  useRecordMutation,
  useReplaceByEventMutation,
  useReplaceMutation,
  useVoidMutation,
} from '../../services/journal-api.ts'
import { asStatedCharges } from './charge-values.ts'
import { asStatedEvent, type Stated } from './event-values.ts'
import type { JournalRow } from './journal-rows.ts'

/** What stands in the journal now. */
export type Standing = Pick<Schema<'Transaction'>, 'id' | 'version'>

/** Records a new transaction, or a correction in the place of another; the toast can take either back. */
export function useRecording(edited: JournalRow | null, done: (standing: Standing) => void) {
  const { t } = useTranslation()
  const { announce } = useToast()
  const [recordIt, recording] = useRecordMutation()
  const [replaceIt, replacing] = useReplaceMutation()
  const [recordEvent, recordingEvent] = useRecordEventMutation()
  const [replaceEvent, replacingEvent] = useReplaceByEventMutation()
  const [voidIt] = useVoidMutation()

  const put = async ({ id: transactionId, version }: Standing, stated: Stated, reason = ''): Promise<Standing | undefined> => {
    const why = reason.trim() === '' ? {} : { reason: reason.trim() }
    if ('event' in stated) return (await replaceEvent({ transactionId, version, ...stated, ...why })).data?.legs[0]
    return (await replaceIt({ transactionId, version, ...stated, ...why })).data?.transaction
  }
  const record = async (accountId: string, stated: Stated, reason: string) => {
    if (edited) {
      const standing = await put(edited, stated, reason)
      if (!standing) return
      announce({ message: t('transactions.corrected'), undo: () => put(standing, asStated(edited)) })
      done(standing)
    } else {
      const standing =
        'event' in stated
          ? (await recordEvent({ accountId, ...stated })).data?.legs[0]
          : (await recordIt({ accountId, ...stated })).data?.transaction
      if (!standing) return
      const { kind } = 'event' in stated ? stated.event : stated.transaction
      const { id: transactionId, version } = standing
      announce({ message: t('transactions.recorded', { kind: t(`kind.${kind}`) }), undo: () => voidIt({ transactionId, version }) })
      done(standing)
    }
  }
  const all = [recording, replacing, recordingEvent, replacingEvent]
  return {
    record,
    busy: all.some(({ isLoading }) => isLoading),
    problem: all.find(({ error }) => error)?.error as Problem | undefined,
  }
}

/** What was recorded, as it would be stated again. */
function asStated(recorded: JournalRow): Stated {
  const event = asStatedEvent(recorded)
  return event ? { event } : { transaction: transactionAgain(recorded) }
}

function transactionAgain(recorded: Schema<'Transaction'>): Schema<'NewTransaction'> {
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
    ...asStatedCharges(recorded),
  }
}
