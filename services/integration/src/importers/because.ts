import type { FileNote, ImportNoteCode, RowNote } from '@pe/contracts/import-notes.ts'
import { refusalStatus, type WireRefusalCode } from '@pe/contracts/refusals.ts'

type Facts<Names extends string> = Readonly<Record<Names, string>>
type Said = Readonly<Record<string, string>>

/** '1 row', '2 rows'. */
const counted = (count: string, one: string, many = `${one}s`): string => `${count} ${count === '1' ? one : many}`

/** The English sentence of every note, for the command line and for readers of the API. */
const sentences = {
  'rows-before-header': ({ count }: Facts<'count'>) =>
    `${counted(count, 'row')} before the header ${count === '1' ? 'is no row' : 'are no rows'} of data`,
  'no-cash-movements': () =>
    'the file has no cash movements: purchases and sales are booked as deliveries, income leaves and costs are paid in on the same day',
  'no-base-currency': () => 'the portfolio is new and the file names no base currency: give one',
  'accounts-retired': ({ count }: Facts<'count'>) =>
    count === '1'
      ? '1 account is marked as retired; it is imported like the others'
      : `${count} accounts are marked as retired; they are imported like the others`,
  'securities-retired': ({ count }: Facts<'count'>) =>
    count === '1'
      ? '1 security is marked as retired; it is imported like the others'
      : `${count} securities are marked as retired; they are imported like the others`,
  'account-left-out': ({ name, currency }: Facts<'name' | 'currency'>) => `${name}: ${currency} is no currency; the account is left out`,
  'security-left-out': ({ name, currency }: Facts<'name' | 'currency'>) => `${name}: ${currency} is no currency; the security is left out`,
  indices: ({ count, currency }: Facts<'count' | 'currency'>) =>
    count === '1'
      ? `1 security has no currency (an index); it is taken as points, quoted in ${currency}`
      : `${count} securities have no currency (indices); they are taken as points, quoted in ${currency}`,
  taxonomies: ({ count, names }: Facts<'count' | 'names'>) => `${counted(count, 'taxonomy', 'taxonomies')}: ${names}`,
  'assignments-left-out': ({ count }: Facts<'count'>) =>
    count === '1'
      ? '1 assignment of a taxonomy is left out: what it sorts is not imported, or its weights come to more than 100 %'
      : `${count} assignments of taxonomies are left out: what they sort is not imported, or its weights come to more than 100 %`,
  'not-imported': ({ parts }: Facts<'parts'>) => `not imported: ${parts}`,

  imported: () => 'imported already',
  known: () => 'known already',
  'all-known': () => 'every one of them is known already',
  'given-again': () => 'given again further down',

  'no-data': () => 'no row of data: a title, total or footer',
  'nothing-happened': () => 'quantity and amount are 0: nothing happened',
  'amount-zero': () => 'the amount is 0: nothing moved',
  'nothing-moves': () => 'no amount and no shares: nothing moves',
  liability: () => 'a liability: debts are no part of the book yet',
  'cost-without-holding': () => 'a cost while nothing is held, in a file without cash: kept as a draft',
  'balance-same': () => 'the balance is the same as before',
  'balance-brings': ({ value, currency }: Facts<'value' | 'currency'>) => `brings the cash to the stated balance of ${value} ${currency}`,
  'balance-left-out': () => 'a balance: cash follows from the trades, as asked',
  'quotes-of-zero': ({ count }: Facts<'count'>) =>
    count === '1' ? '1 quote of 0 is no close and is left out' : `${count} quotes of 0 are no closes and are left out`,
  'rate-left-out': ({ base, quote }: Facts<'base' | 'quote'>) => `no rate between ${base} and ${quote} is kept`,
  'other-side': ({ line }: Facts<'line'>) => `the other side of line ${line}`,
  'other-side-says': ({ line, reason }: Facts<'line' | 'reason'>) => `line ${line}: ${reason}`,

  'date-format': ({ value }: Facts<'value'>) => `the date format "${value}" names no year, month and day`,
  'date-unclear': ({ value, one, other }: Facts<'value' | 'one' | 'other'>) =>
    `${value} may be ${one} or ${other}, and no row tells which; name the date format`,
  'number-unclear': ({ value }: Facts<'value'>) =>
    `${value} may have a decimal or a thousands sign, and no row tells which; name the decimal sign`,
  'instrument-unclear': ({ name, count }: Facts<'name' | 'count'>) => `${name} may be any of ${count} instruments; name its currency`,
  'instrument-unknown': ({ name }: Facts<'name'>) => `${name} is not known yet, and the file names no currency for it`,

  columns: ({ count, header }: Facts<'count' | 'header'>) => `the row has ${counted(count, 'column')}, the header ${header}`,
  'no-date': ({ value }: Facts<'value'>) => `"${value}" is no date`,
  'no-number': ({ value }: Facts<'value'>) => `"${value}" is no number`,
  'no-currency': ({ value }: Facts<'value'>) => `"${value}" is no currency`,
  'no-kind': ({ value }: Facts<'value'>) => `"${value}" is no known kind; map it in "kinds"`,
  'no-activity': ({ value, types }: Facts<'value' | 'types'>) => `"${value}" is no type of activity (${types})`,
  'kind-missing': () => 'the row has no kind, and no sign tells it',
  'currency-missing': () => 'the row names no currency; give one in the mapping',
  'instrument-missing': () => 'the row names no instrument',
  'amount-missing': () => 'the row states neither an amount nor a price, and unknown is not 0',
  negative: ({ value }: Facts<'value'>) => `${value} must not be negative`,
  'not-positive': ({ value }: Facts<'value'>) => `${value} must be more than 0`,
  'rate-to-itself': ({ currency }: Facts<'currency'>) => `a rate from ${currency} to itself`,
  'account-missing': ({ account }: Facts<'account'>) => `the account ${account} is not in the file`,
  'side-missing': ({ type }: Facts<'type'>) => `${type || 'no type'} without its other side`,
  'security-unusable': () => 'the security cannot be booked: its currency is unknown or it is an exchange rate',
} satisfies Record<ImportNoteCode, (facts: never) => string>

type Sentences = typeof sentences
type FactsOf<Code extends ImportNoteCode> = Parameters<Sentences[Code]>

/** Why a row is as it is, for its report: a code with its facts, and the sentence they make. */
export interface Because {
  readonly reason: string
  readonly note: RowNote
}

export function because<Code extends ImportNoteCode>(code: Code, ...facts: FactsOf<Code>): Because {
  const { detail, ...note } = fileNote(code, ...facts)
  return { reason: detail, note }
}

/** What there is to know of a whole file. */
export function fileNote<Code extends ImportNoteCode>(code: Code, ...given: FactsOf<Code>): FileNote {
  const facts: Said = given[0] ?? {}
  const say = sentences[code] as (facts: Said) => string
  return { code, facts: short(facts), detail: say(facts) }
}

/** A broken file may hold a whole book in one cell. */
function short(facts: Said): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, value.slice(0, 200)]))
}

/** What the book says of a row that it refuses, as a note; null where it says no more than its code. */
export function refusalNote(code: string | undefined, facts: Said | undefined): RowNote | null {
  return code !== undefined && facts && Object.keys(facts).length > 0 && isRefusal(code) ? { code, facts: { ...facts } } : null
}

function isRefusal(code: string): code is WireRefusalCode {
  return Object.hasOwn(refusalStatus, code)
}
