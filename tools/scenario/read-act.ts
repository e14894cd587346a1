import type { Act, Entry } from './entry.ts'
import { matched } from './matched.ts'

const plan = /^plan (\S+) ([A-Z]{3}) into (\S+) (\S+) on day (\d+) from (\S+) to ([^,\s]+)(?:, fee (\S+))?$/

/** Null where the line is a transaction; `read` reads the transaction within a line. */
export function readAct(line: string, read: (line: string) => Entry): Act | null {
  if (line.startsWith('correct ')) {
    const [, kind = '', date = '', instead = ''] = matched(/^correct the (\S+) of (\S+) to (.+)$/, line)
    return { act: 'correct', kind, date, instead: read(instead) }
  }
  if (line.startsWith('remember ')) {
    const [, name = ''] = matched(/^remember the book as the (.+)$/, line)
    return { act: 'remember', name }
  }
  if (line.startsWith('plan ')) {
    const [, amount = '', currency = '', instrument = '', rhythm = '', day = '', from = '', until = '', fee = '0'] = matched(plan, line)
    return { act: 'plan', instrument, amount, currency, rhythm, day: Number(day), from, until, fee }
  }
  if (line === 'post the drafts') return { act: 'post drafts' }
  if (line.startsWith('close ')) {
    const [, through = ''] = matched(/^close the books through (\S+)$/, line)
    return { act: 'close', through }
  }
  if (line.startsWith('statement ')) {
    const [, amount = '', currency = '', date = ''] = matched(/^statement says (\S+) ([A-Z]{3}) on (\S+)$/, line)
    return { act: 'state', amount, currency, date }
  }
  return null
}
