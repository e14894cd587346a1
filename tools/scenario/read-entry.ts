import type { ActionTerms, Entry } from './entry.ts'
import { matched } from './matched.ts'
import { readAct } from './read-act.ts'

const trade =
  /^(buy|sell|delivery-in|delivery-out|dividend-reinvested|interest-in-kind) (\S+) (\S+) @ (\S+) ([A-Z]{3}) on (\d{4}-\d{2}-\d{2})(.*)$/
const units = /^(transfer) (\S+) (\S+) on (\d{4}-\d{2}-\d{2})(.*)$/
const cash =
  /^(deposit|withdrawal|dividend|interest|interest-charge|fee|fee-refund|tax|tax-refund|transfer) (\S+) ([A-Z]{3})(?: from (\S+))? on (\d{4}-\d{2}-\d{2})(.*)$/
const exchange = /^(currency-exchange|transfer) (\S+) ([A-Z]{3}) into (\S+) ([A-Z]{3}) on (\d{4}-\d{2}-\d{2})(.*)$/

/** One line of `given` or `when`: 'buy 6 VWCE @ 100.00 EUR on 2026-01-05 in Depot, fee 4.90'. */
export function readEntry(line: string, firstAccount: string, accounts: Readonly<Record<string, string>>): Entry {
  const [said = ''] = line.split(' → refused ')
  const act = readAct(said, (within) => readEntry(within, firstAccount, accounts))
  if (act) return { ...actEntry(line, firstAccount), act }
  if (line.startsWith('action ')) return readAction(line, firstAccount, accounts[firstAccount] ?? '')
  const traded = trade.exec(line)
  if (traded) {
    const [, kind = '', quantity = '', instrument = '', price = '', currency = '', date = '', rest = ''] = traded
    return { line, kind, quantity, instrument, price, currency, date, account: firstAccount, ...rests(rest) }
  }
  const exchanged = exchange.exec(line)
  if (exchanged) {
    const [, kind = '', amount = '', currency = '', paid = '', into = '', date = '', rest = ''] = exchanged
    return { line, kind, amount, currency, received: { amount: paid, currency: into }, date, account: firstAccount, ...rests(rest) }
  }
  const moved = cash.exec(line)
  if (moved) {
    const [, kind = '', amount = '', currency = '', instrument, date = '', rest = ''] = moved
    return { line, kind, amount, currency, date, account: firstAccount, ...(instrument ? { instrument } : {}), ...rests(rest) }
  }
  const [, kind = '', quantity = '', instrument = '', date = '', rest = ''] = matched(units, line)
  const more = rests(rest)
  return { line, kind, quantity, instrument, date, account: firstAccount, currency: accounts[more.account ?? firstAccount] ?? '', ...more }
}

function actEntry(line: string, account: string): Entry {
  const [, refused] = line.split(' → refused ')
  return { line, kind: 'act', date: '', account, currency: '', ...(refused ? { refused: refused.trim() } : {}) }
}

const action = /^action (\S+) (\S+)(?: into (\S+))?(?: (\S+) for (\S+))? on (\d{4}-\d{2}-\d{2})(.*)$/

/** 'action spin-off VWCE into NEWCO 1 for 4 on 2026-03-02, cost 0.2, cash 1.50, fraction 20.00 → refused code' */
function readAction(line: string, account: string, currency: string): Entry {
  const [, kind = '', instrument = '', into, after, before, date = '', rest = ''] = matched(action, line)
  const [words = '', refused] = rest.split('→ refused ')
  const named = Object.assign({}, ...words.split(',').slice(1).map(term))
  const ratio = after !== undefined && before !== undefined ? { ratio: { new: after, old: before } } : {}
  const terms = { kind, ...(into ? { into } : {}), ...ratio, ...named }
  return { line, kind: 'action', instrument, date, account, currency, action: terms, ...(refused ? { refused: refused.trim() } : {}) }
}

function term(words: string): Partial<ActionTerms> {
  const [, name = '', value = ''] = matched(/^\s*(cost|cash|fraction) (\S+)\s*$/, words)
  return { [name === 'cost' ? 'costShare' : name === 'cash' ? 'cashPerUnit' : 'fractionPrice']: value }
}

/** ' in Old bank to New bank, fee 4.90, tax 1.20, at 1 USD = 0.90 EUR → refused code' */
function rests(rest: string): Partial<Entry> {
  const [words = '', refused] = rest.split('→ refused ')
  const [places = '', ...parts] = words.split(',')
  const [, account, toAccount] = matched(/^(?: in (.+?))?(?: to (.+?))?\s*$/, places)
  const named = Object.assign({}, ...parts.map(part)) as Partial<Entry>
  return { ...(account ? { account } : {}), ...(toAccount ? { toAccount } : {}), ...named, ...(refused ? { refused: refused.trim() } : {}) }
}

function part(words: string): Partial<Entry> {
  const rate = /^\s*at 1 ([A-Z]{3}) = (\S+) ([A-Z]{3})\s*$/.exec(words)
  if (rate) return { rate: { from: rate[1] ?? '', value: rate[2] ?? '', to: rate[3] ?? '' } }
  const lots = /^\s*lots (.+)$/.exec(words)
  if (lots) return { lots: (lots[1] ?? '').split(' and ').map(lotOf) }
  const [, name = '', amount = ''] = matched(/^\s*(fee|tax) (\S+)\s*$/, words)
  return { [name]: amount }
}

function lotOf(words: string): { quantity: string; acquiredOn: string } {
  const [, quantity = '', acquiredOn = ''] = matched(/^\s*(\S+) of (\S+)\s*$/, words)
  return { quantity, acquiredOn }
}
