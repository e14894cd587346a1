import { addMonths, type PlainDate } from '@pe/finance/time/plain-date.ts'
import type { DemoBook } from './demo-book.ts'
import type { DemoMarket } from './demo-market.ts'

const germanTax = 0.26375
const usTax = 0.15
const swissTax = 0.35

/** Six years of a careful saver with three accounts, month by month. The first month is 0. */
export function tellStory(book: DemoBook, market: DemoMarket, months: number): void {
  const first = market.days[0]
  const last = market.days.at(-1)
  if (!first || !last) return
  /** The first weekday on or after a day of a month of the story; null when it has not come yet. */
  const on = (month: number, day: number): PlainDate | null => {
    const wanted = `${addMonths(first, month).slice(0, 8)}${String(day).padStart(2, '0')}`
    const open = market.days.find((one) => one >= wanted && one > first)
    return open && open <= last ? open : null
  }
  begin(book, first)
  for (let month = 0; month <= months; month++) {
    const at = (day: number, what: (date: PlainDate) => void): void => {
      const date = on(month, day)
      if (date) what(date)
    }
    at(2, (date) => save(book, date, month))
    at(11, (date) => trades[month]?.(book, date))
    at(16, (date) => payDividends(book, date, month))
    at(26, (date) => settleCash(book, date, month))
  }
}

function begin(book: DemoBook, date: PlainDate): void {
  book.money(date, 'depot', 'deposit', 3_000_000, 1)
  book.money(date, 'brokerage', 'deposit', 1_500_000, 1)
  book.money(date, 'custody', 'deposit', 1_200_000, 1)
  book.buy(date, 'depot', 'BOND', { units: 80 }, 990)
  book.buy(date, 'depot', 'AUTO', { units: 90 }, 990)
  book.buy(date, 'depot', 'ENER', { units: 800 }, 990)
  book.buy(date, 'brokerage', 'CHIP', { units: 50 }, 100)
  book.buy(date, 'brokerage', 'SOFT', { units: 20 }, 100)
  book.buy(date, 'brokerage', 'BIOT', { units: 60 }, 100)
  book.buy(date, 'custody', 'PHAR', { units: 60 }, 1_500)
}

/** The savings plan: free of charge, fractions of units. */
function save(book: DemoBook, date: PlainDate, month: number): void {
  if (month === 0) return
  book.money(date, 'depot', 'deposit', month < 36 ? 65_000 : 85_000, 1, 0, 'Savings plan')
  book.buy(date, 'depot', 'WORLD', { cents: month < 36 ? 35_000 : 45_000 }, 0)
  if (month % 3 === 1) book.buy(date, 'depot', 'EUDIV', { cents: 30_000 }, 0)
  if (month % 3 === 2) book.buy(date, 'depot', 'GOLD', { cents: 20_000 }, 0)
}

/** What happens once, by month. */
const trades: Readonly<Record<number, (book: DemoBook, date: PlainDate) => void>> = {
  3: (book, date) => book.deliver(date, 'custody', 'FOOD', 30, 'A gift, delivered at its price of the day'),
  6: (book, date) => book.buy(date, 'brokerage', 'US500', { units: 10 }, 100),
  9: (book, date) => book.exchange(date, 'brokerage', 400_000),
  10: (book, date) => book.buy(date, 'brokerage', 'US500', { units: 10 }, 100),
  14: (book, date) => book.sell(date, 'depot', 'AUTO', 30, 990),
  20: (book, date) => book.sell(date, 'brokerage', 'BIOT', 30, 100),
  22: (book, date) => book.sell(date, 'brokerage', 'CHIP', 15, 100),
  24: (book, date) => book.buy(date, 'depot', 'WORLD', { cents: 600_000 }, 490),
  27: (book, date) => book.exchange(date, 'brokerage', 300_000),
  28: (book, date) => book.buy(date, 'brokerage', 'SOFT', { units: 8 }, 100),
  31: (book, date) => book.sell(date, 'brokerage', 'BIOT', 30, 100),
  34: (book, date) => book.buy(date, 'custody', 'PHAR', { units: 20 }, 1_500),
  38: (book, date) => book.transfer(date, 'depot', 'custody', 'GOLD', 30),
  42: (book, date) => book.sell(date, 'depot', 'BOND', 40, 990),
  43: (book, date) => book.buy(date, 'depot', 'ENER', { units: 400 }, 990),
  46: (book, date) => book.buy(date, 'depot', 'EUDIV', { cents: 400_000 }, 490),
  49: (book, date) => book.sell(date, 'brokerage', 'CHIP', 10, 100),
  53: (book, date) => book.sell(date, 'depot', 'ENER', 300, 990),
  55: (book, date) => book.buy(date, 'depot', 'BOND', { units: 40 }, 990),
  57: (book, date) => book.money(date, 'depot', 'withdrawal', 400_000, -1, 0, 'A new kitchen'),
  61: (book, date) => book.buy(date, 'brokerage', 'US500', { units: 5 }, 100),
  66: (book, date) => book.sell(date, 'depot', 'WORLD', 20, 990),
}

function payDividends(book: DemoBook, date: PlainDate, month: number): void {
  const monthOfYear = Number(date.slice(5, 7))
  if (month % 3 === 0) {
    book.dividend(date, 'depot', 'EUDIV', 0.009, germanTax)
    book.dividend(date, 'depot', 'ENER', 0.011, 0)
    book.dividend(date, 'brokerage', 'SOFT', 0.002, usTax)
    book.dividend(date, 'brokerage', 'US500', 0.0035, usTax)
  }
  if (month % 6 === 4) book.dividend(date, 'depot', 'BOND', 0.012, germanTax)
  if (monthOfYear === 5) book.dividend(date, 'depot', 'AUTO', 0.038, germanTax)
  if (monthOfYear === 4) {
    book.dividend(date, 'custody', 'PHAR', 0.034, swissTax)
    book.dividend(date, 'custody', 'FOOD', 0.028, swissTax)
  }
}

function settleCash(book: DemoBook, date: PlainDate, month: number): void {
  if (month % 3 === 2) {
    const interest = Math.round(book.cash('depot') * 0.005)
    if (interest > 0) book.money(date, 'depot', 'interest', interest, 1, Math.round(interest * germanTax))
  }
  if (month % 6 === 5) book.money(date, 'custody', 'fee', 2_500, -1, 0, 'Custody fee')
  if (month % 12 === 8) book.money(date, 'depot', 'tax-refund', 4_210, 1)
  if (month === 40) book.money(date, 'brokerage', 'interest-charge', 315, -1)
}
