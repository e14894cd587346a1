import { describe, expect, it } from 'vitest'
import { counted, read, refusal, sample, sampleNames, samplesAreRequired, samplesAreThere } from './sources.fixture.ts'

if (!samplesAreThere && !samplesAreRequired) console.info('The real files are not read: ../shared/samples is not there.')

/** Counted by hand in the files: rows, then accounts, instruments, transactions, closes, rates. */
const portfolioPerformance: Record<string, [rows: string, holds: string]> = {
  'Issue1498FifoCrossPortfolio.xml': ['ok 14', '8 accounts, 1 instruments, 8 transactions, 1 closes'],
  'Issue1879DividendRateOfReturnPerYearWithSecurityInMultipleAccounts.xml': ['ok 7', '3 accounts, 1 instruments, 4 transactions, 5 closes'],
  'Issue371PurchaseValueWithTransfers.xml': ['ok 6', '3 accounts, 1 instruments, 3 transactions, 10 closes'],
  'Issue672CapitalGainsIfSecurityIsTransferred.xml': ['ok 6', '3 accounts, 1 instruments, 3 transactions, 3 closes'],
  'IssueCurrencyGainsRoundingError.xml': ['ok 29', '3 accounts, 3 instruments, 19 transactions, 0 closes'],
  'classification_test_case.xml': ['ok 43', '6 accounts, 8 instruments, 25 transactions, 181 closes'],
  'client69.xml': ['ok 1', '2 accounts, 1 instruments, 1 transactions, 0 closes'],
  'client_with_id_references.xml': ['ok 2', '0 accounts, 2 instruments, 0 transactions, 2 closes'],
  'currency_sample.xml': ['ok 18', '4 accounts, 2 instruments, 11 transactions, 2737 closes'],
  'kommer.xml': ['ok 125', '6 accounts, 15 instruments, 102 transactions, 18 closes'],
  'security_performance_tax_refund.xml': ['ok 3', '2 accounts, 1 instruments, 2 transactions, 7 closes'],
  'security_tax_and_fee_account_transactions.xml': ['ok 9', '2 accounts, 2 instruments, 6 transactions, 46 closes'],
  'volatility.xml': ['ok 6', '2 accounts, 2 instruments, 3 transactions, 561 closes'],
}

const ghostfolio: Record<string, [rows: string, booked: string]> = {
  '500-activities.json': ['ok 500', 'delivery-in 500'],
  'btceur.json': ['ok 1', 'delivery-in 1'],
  'derived-currency.json': ['ok 1', 'delivery-in 1'],
  'novn-buy-and-sell-partially.json': ['ok 2', 'delivery-out 1, delivery-in 1'],
  'penthouse-apartment.csv': ['ok 1', 'delivery-in 1'],
  // a fee before anything is held is a draft; the row of nothing in 2050 is ignored
  'sample.csv': ['ok 4, ignored 1, drafts 1', 'fee 1, delivery-in 2, dividend 1, withdrawal 1'],
  // the same and two balances of 1,000 and 2,000: a deposit of 1,000 each
  'sample.json': ['ok 6, ignored 1, drafts 1', 'fee 1, delivery-in 2, dividend 1, withdrawal 1, deposit 2'],
  'vti-buy-on-ibkr.csv': ['ok 1', 'delivery-in 1'],
  'without-accounts.json': ['ok 3, ignored 1', 'delivery-in 2, dividend 1, withdrawal 1'],
}

const refusedRows: Record<string, string> = {
  'invalid-currency.csv': 'line 2 Currency: "<invalid>" is no currency',
  'invalid-date.json': 'line 10 date: "<invalid>" is no date',
  'invalid-fee.csv': 'line 2 Fee: "<invalid>" is no number',
  'invalid-multi-line.csv': 'line 4 Action: "<invalid>" is no type of activity (BUY, SELL, DIVIDEND, FEE, INTEREST, LIABILITY, ITEM)',
  'invalid-type.json': 'line 14 type: "<invalid>" is no type of activity (BUY, SELL, DIVIDEND, FEE, INTEREST, LIABILITY, ITEM)',
}

describe.runIf(samplesAreThere || samplesAreRequired)('the real files', () => {
  it('are all looked at', () => {
    expect(sampleNames('portfolio-performance')).toEqual([...Object.keys(portfolioPerformance), 'ecb-rates.csv'].sort())
    expect(sampleNames('ghostfolio/ok')).toEqual(Object.keys(ghostfolio).sort())
    expect(sampleNames('ghostfolio/invalid')).toEqual([...Object.keys(refusedRows), 'unexpected-format.json'].sort())
  })

  it.each(Object.entries(portfolioPerformance))('of Portfolio Performance: %s', async (name, [rows, holds]) => {
    const bytes = sample(`portfolio-performance/${name}`)
    const file = await read(bytes)
    expect(file.format).toBe('portfolio-performance')
    expect(counted(file)).toBe(rows)
    const closes = file.closes.reduce((sum, series) => sum + series.closes.length, 0)
    expect(
      `${file.accounts.length} accounts, ${file.instruments.length} instruments, ${file.transactions.length} transactions, ${closes} closes`,
    ).toBe(holds)
    // every tree, classification and assignment of the file
    const text = bytes.toString()
    const count = (element: string): number => text.split(`<${element}>`).length - 1
    const sorted = file.taxonomies ?? []
    const held = [sorted.length, sorted.flatMap(({ nodes }) => nodes).length, sorted.flatMap(({ assignments }) => assignments).length]
    expect(held).toEqual([count('taxonomy'), count('classification'), count('assignment')])
    // every element that is a transaction and no reference, and every series, is a row
    const elements = bytes
      .toString()
      .match(/<(account-transaction|portfolio-transaction|accountTransaction|portfolioTransaction|transactionFrom|transactionTo)>/g)
    expect(file.rows.length).toBe((elements?.length ?? 0) + file.closes.length)
  })

  it.each(Object.entries(ghostfolio))('of Ghostfolio: %s', async (name, [rows, booked]) => {
    const file = await read(sample(`ghostfolio/ok/${name}`))
    expect(file.format).toBe('ghostfolio')
    expect(counted(file)).toBe(rows)
    const kinds = new Map<string, number>()
    for (const { kind } of [...file.transactions].sort((a, b) => a.row - b.row)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    expect([...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')).toBe(booked)
  })

  it.each(Object.entries(refusedRows))('that are wrong name line, field and reason: %s', async (name, told) => {
    const file = await read(sample(`ghostfolio/invalid/${name}`))
    const errors = [...file.rows].filter(({ state }) => state === 'error')
    expect(errors.map(({ line, field, reason }) => `line ${line} ${field}: ${reason}`)).toEqual([told])
  })

  it('of no format are refused', async () => {
    const { code, detail } = await refusal(sample('ghostfolio/invalid/unexpected-format.json'))
    expect(code).toBe('unknown_format')
    expect(detail).toMatch(/^line 1: .*<invalid>/)
    expect((await refusal(sample('interactive-brokers/flex-01.xml'))).detail).toContain('<FlexQueryResponse>')
  })

  it('of rates are read without a mapping', async () => {
    const file = await read(sample('portfolio-performance/ecb-rates.csv'))
    expect(counted(file)).toBe('ok 21')
    expect(file.rates.map(({ base, quote, rates }) => `${base}${quote} ${rates.length} ${rates.valueAt(0)}`)).toEqual([
      'EURUSD 12 1.2141',
      'EURCHF 9 1.2024',
    ])
  })

  it('keep the latest quote as the close of its day, and the rate that a purchase records', async () => {
    const file = await read(sample('portfolio-performance/currency_sample.xml'))
    expect([...(file.closes[0]?.closes.entries() ?? [])].at(-1)).toEqual(['2015-08-07', '115.52'])
    const abroad = file.transactions.filter(({ rate }) => rate)
    expect(abroad.map(({ amount, currency, rate }) => `${amount} ${currency}, 1 ${rate?.from} = ${rate?.value} ${rate?.to}`)).toEqual([
      '454.6 EUR, 1 USD = 0.8237 EUR',
      '848.41 USD, 1 EUR = 1.2141 USD',
    ])
    const [bought] = file.transactions.filter(({ kind }) => kind === 'buy')
    expect(bought).toMatchObject({ quantity: '10', amount: '698.8', fee: '10', tax: '10' })
  })

  it('read ZAc as hundredths of a rand', async () => {
    const file = await read(sample('ghostfolio/ok/derived-currency.json'))
    expect(file.transactions[0]).toMatchObject({ amount: '543.75', currency: 'ZAR' })
    expect(file.instruments[0]?.instrument).toMatchObject({ currency: 'ZAR', quoteUnit: 'ZAC' })
  })
})
