import type { CoreRoutes } from '@pe/contracts/core.ts'
import type { Client } from '@pe/contracts/route.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { inProcessClient } from '@pe/platform/http/in-process-client.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookXml } from '../src/importers/portfolio-performance/book.fixture.ts'
import { createIntegration } from '../src/service.ts'
import { type ImportBench, importBench, refusalOf } from './import-bench.ts'

let bench: ImportBench
let coreRefuses = false

beforeAll(async () => {
  bench = await importBench({ core: failing })
})
afterAll(() => bench?.stop())

/** The real core, which can be made to fail when it is about to record. */
function failing(core: Client<CoreRoutes>): Client<CoreRoutes> {
  return {
    ...core,
    recordBatch(input, call) {
      if (coreRefuses && !input.body.dryRun) throw new Refused('unavailable', 'the book is closed')
      return core.recordBatch(input, call)
    },
  }
}

const book = bookXml({ version: 63, ids: false })
const portfolioNamed = async (name: string) => (await bench.core.listPortfolios({ query: { name } }, bench.call)).items[0]
const instrumentNamed = async (text: string) => (await bench.market.listInstruments({ query: { text } }, bench.call)).items[0]
const transactionsOf = async (portfolioId: string) =>
  (await bench.core.listTransactions({ query: { portfolioId, limit: 1000 } }, bench.call)).items
const ratesCount = async () => (await bench.market.listRates({ query: {} }, bench.call)).items.length

describe('an import', () => {
  it('is previewed without a trace, committed as one, known again, undone as one, and imported again', async () => {
    const preview = await bench.preview(book, { fileName: 'mine.xml', portfolio: 'Main' })
    expect(preview).toMatchObject({
      fileName: 'mine.xml',
      state: 'previewed',
      format: 'portfolio-performance',
      content: 'book',
      portfolio: 'Main',
      portfolioId: null,
      baseCurrency: 'EUR',
      counts: { rows: 13, ok: 13, duplicate: 0, ignored: 0, needsDecision: 0, error: 0, drafts: 0 },
      adds: { accounts: 4, instruments: 2, transactions: 6, closes: 4, rates: 1, taxonomies: 1 },
      committedAt: null,
    })
    expect(await portfolioNamed('Main')).toBeUndefined()
    expect(await instrumentNamed('ACME')).toBeUndefined()

    const committed = await bench.commit(preview.id)
    expect(committed).toMatchObject({ state: 'committed', adds: preview.adds, counts: preview.counts })
    const portfolio = await portfolioNamed('Main')
    expect(portfolio).toMatchObject({
      id: committed.portfolioId,
      baseCurrency: 'EUR',
      firstDay: '2020-01-02',
      lastDay: '2020-09-01',
      transactionCount: 6,
    })
    const positions = await bench.core.portfolioPositions({ params: { portfolioId: portfolio?.id ?? '' }, query: {} }, bench.call)
    expect(positions.positions.map(({ quantity }) => quantity)).toEqual(['8'])
    // 10,000 − 1,010.90 + 42.50 − 200 + 215
    expect(positions.cash.map(({ balance }) => `${balance.amount} ${balance.currency}`).filter((text) => !text.startsWith('0 '))).toEqual([
      '9046.6 EUR',
      '220 USD',
    ])
    const acme = await instrumentNamed('ACME')
    expect(acme?.lastClose).toEqual({ date: '2020-01-03', close: '101' })
    expect(await bench.integration.announced('import-committed')).toMatchObject([{ body: { importId: preview.id } }])

    const again = await bench.preview(book, { portfolio: 'Main' })
    expect(again.counts).toMatchObject({ rows: 13, duplicate: 13, ok: 0 })
    expect(again.portfolioId).toBe(portfolio?.id)
    const nothing = { accounts: 0, instruments: 0, transactions: 0, closes: 0, rates: 0, taxonomies: 0 }
    expect(again.adds).toEqual(nothing)
    expect((await bench.commit(again.id)).adds).toEqual(nothing)
    expect((await transactionsOf(portfolio?.id ?? '')).length).toBe(6)

    expect(await bench.undo(preview.id)).toMatchObject({ state: 'undone' })
    expect((await refusalOf(bench.undo(preview.id))).code).toBe('wrong_import_state')
    expect(await instrumentNamed('ACME')).toBeUndefined()
    expect(await ratesCount()).toBe(0)
    expect((await bench.integration.announced('import-undone')).length).toBe(1)

    const third = await bench.preview(book, { portfolio: 'Main' })
    expect(third.counts).toMatchObject({ ok: 13, duplicate: 0 })
    expect((await bench.commit(third.id)).adds).toMatchObject({ transactions: 6, closes: 4, rates: 1, instruments: 2 })
  })

  it('keeps the report of every row, by page and by state', async () => {
    const csv =
      'date,type,amount,currency\n2026-03-02,deposit,100,EUR\nx,deposit,100,EUR\n2026-03-02,deposit,0,EUR\n2027-01-01,deposit,100,EUR\n'
    const { id, counts } = await bench.preview(csv, { portfolio: 'Pages' })
    expect(counts).toEqual({ rows: 4, ok: 2, duplicate: 0, ignored: 1, needsDecision: 0, error: 1, drafts: 1 })
    const page = (query: { cursor?: string; state?: 'error' }) =>
      bench.imports.listImportRows({ params: { importId: id }, query: { limit: 3, ...query } }, bench.call)
    const first = await page({})
    expect(first.items.map(({ row, line, state }) => `${row} ${line} ${state}`)).toEqual(['1 2 ok', '2 3 error', '3 4 ignored'])
    const second = await page({ cursor: first.next ?? '' })
    expect(second).toEqual({
      items: [expect.objectContaining({ row: 4, line: 5, state: 'ok', draft: true, becomes: 'deposit', date: '2027-01-01' })],
      next: null,
    })
    expect((await page({ state: 'error' })).items).toEqual([
      expect.objectContaining({ line: 3, field: 'date', code: 'bad_request', reason: '"x" is no date' }),
    ])
  })

  it('with an error is refused with line and reason, unless errors are to be skipped', async () => {
    const csv =
      'date,type,symbol,quantity,price,amount,currency\n2026-03-01,deposit,,,,1000,EUR\n2026-03-02,buy,VWCE,5,100,,EUR\n2026-03-03,sell,VWCE,9,110,,EUR\n2026-03-04,buy,VWCE,zwei,1,,EUR\n'
    const { id, counts, adds } = await bench.preview(csv, { portfolio: 'Errors' })
    expect(counts).toMatchObject({ ok: 2, error: 2 })
    expect(adds.transactions).toBe(2)
    expect((await bench.rows(id)).filter(({ state }) => state === 'error').map(({ line, code }) => `${line} ${code}`)).toEqual([
      '4 not_enough_units',
      '5 bad_request',
    ])
    const [beyond] = (await bench.rows(id)).filter(({ code }) => code === 'not_enough_units')
    const facts = { date: '2026-03-03', name: 'VWCE', held: '5', leaving: '9' }
    expect(beyond?.note).toMatchObject({ code: 'not_enough_units', facts })
    const refused = await refusalOf(bench.commit(id))
    expect(refused.code).toBe('rows_in_error')
    expect(refused.errors.map(({ path }) => path)).toEqual(['line 4', 'line 5'])
    expect(await portfolioNamed('Errors')).toBeUndefined()
    expect(await instrumentNamed('VWCE')).toBeUndefined()

    const committed = await bench.commit(id, { skipErrors: true })
    expect(committed.adds.transactions).toBe(2)
    expect((await transactionsOf(committed.portfolioId ?? '')).map(({ kind }) => kind)).toEqual(['buy', 'deposit'])
    // the book needs the shares: a later sale stands in the way of the undo
    const accountId = (await portfolioNamed('Errors'))?.accountIds[0] ?? ''
    const instrumentId = (await instrumentNamed('VWCE'))?.id ?? ''
    const sale = { kind: 'sell' as const, date: plainDate('2026-03-09'), instrumentId, quantity: '1', price: '110' }
    await bench.core.recordTransaction({ params: { accountId }, body: sale }, bench.call)
    expect((await refusalOf(bench.undo(id))).code).toBe('not_enough_units')
    expect((await bench.imports.getImport({ params: { importId: id } }, bench.call)).state).toBe('committed')
  })

  it('that the book refuses at the last moment leaves nothing behind, and can be tried again', async () => {
    const before = await ratesCount()
    const { id } = await bench.preview(
      bookXml({ version: 50, ids: true })
        .replaceAll('ACME', 'Late')
        .replaceAll('DE0005190003', 'DE000BASF111')
        .replaceAll('ACM.DE', 'LATE')
        .replaceAll('2020-01-02" v="112', '2020-02-02" v="112'),
      { portfolio: 'Late' },
    )
    coreRefuses = true
    expect((await refusalOf(bench.commit(id))).code).toBe('unavailable')
    coreRefuses = false
    expect(await instrumentNamed('Late')).toBeUndefined()
    expect(await portfolioNamed('Late')).toBeUndefined()
    expect(await ratesCount()).toBe(before)
    expect(await bench.commit(id)).toMatchObject({ state: 'committed', adds: { transactions: 6 } })
    expect(await instrumentNamed('Late')).toBeDefined()
  })

  it('that a crash interrupted is taken back at the next start', async () => {
    const csv = 'date,symbol,close,currency\n2026-03-02,CRASH,100,EUR\n'
    const { id } = await bench.preview(csv)
    const { found } = await bench.market.resolveInstruments(
      {
        body: { importId: id, dryRun: false, instruments: [{ key: 'c', instrument: { name: 'CRASH', currency: 'EUR', symbol: 'CRASH' } }] },
      },
      bench.call,
    )
    const { clock } = bench.integration.deps
    await bench.integration.look.sql
      .updateTable('import')
      .set({ committing_at: clock.now(), instrument_ids: JSON.stringify([found[0]?.instrumentId]) })
      .where('id', '=', id)
      .execute()
    expect((await refusalOf(bench.commit(id))).code).toBe('wrong_import_state')
    await bench.integration.service.start?.()
    expect(await instrumentNamed('CRASH')).toBeUndefined()
    expect((await bench.commit(id)).adds).toMatchObject({ closes: 1, instruments: 1 })
  })

  it('is read again from the stored file where the preview is not in memory any more', async () => {
    const { id } = await bench.preview(book, { portfolio: 'Restarted' })
    const restarted = createIntegration({ ...bench.integration.deps, core: bench.core, market: bench.market })
    const committed = await inProcessClient(restarted.routes, restarted.handlers).commitImport(
      { params: { importId: id }, body: {} },
      bench.call,
    )
    // market has the quotes from the first import; the portfolio is another one
    expect(committed).toMatchObject({ state: 'committed', adds: { accounts: 4, transactions: 6, closes: 0, instruments: 0 } })
  })

  it('names its accounts beside those of other portfolios', async () => {
    const names = (await bench.core.listAccounts({ query: {} }, bench.call)).items.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['Cash', 'Cash (depot)', 'Cash (Restarted)']))
  })
})

describe('an import that lacks something', () => {
  it('needs the name of a portfolio, and the base currency of a new one', async () => {
    const csv = 'date,type,amount,currency\n2026-03-02,deposit,100,EUR\n2026-03-02,deposit,100,USD\n'
    const { id } = await bench.preview(csv)
    expect(await refusalOf(bench.commit(id))).toMatchObject({ code: 'field_missing', errors: [{ path: 'portfolio' }] })
    const change = (body: { portfolio?: string; baseCurrency?: string }) =>
      bench.imports.changeImport({ params: { importId: id }, body }, bench.call)
    const named = await change({ portfolio: 'Two currencies' })
    expect(named).toMatchObject({ portfolio: 'Two currencies', baseCurrency: null, warnings: [expect.stringContaining('base currency')] })
    expect(await refusalOf(bench.commit(id))).toMatchObject({ code: 'field_missing', errors: [{ path: 'baseCurrency' }] })
    expect(await change({ baseCurrency: 'CHF' })).toMatchObject({ baseCurrency: 'CHF', warnings: [] })
    expect((await bench.commit(id)).portfolioId).toBe((await portfolioNamed('Two currencies'))?.id)
    expect((await refusalOf(change({ baseCurrency: 'EUR' }))).code).toBe('wrong_import_state')
  })

  it('waits for a mapping and is read again with it', async () => {
    const { id, state, sample, counts } = await bench.preview('Wann|Wieviel\n2026-03-02|100.50\n', { portfolio: 'Mapped' })
    expect(state).toBe('needs-mapping')
    expect(sample?.headers).toEqual(['Wann', 'Wieviel'])
    expect(counts.rows).toBe(0)
    expect((await refusalOf(bench.commit(id))).code).toBe('mapping_needed')
    const mapping = { content: 'transactions' as const, columns: { date: 'Wann', amount: 'Wieviel' }, currency: 'CHF' }
    const mapped = await bench.imports.changeImport({ params: { importId: id }, body: { mapping } }, bench.call)
    expect(mapped).toMatchObject({ state: 'previewed', mapping, baseCurrency: 'CHF', counts: { ok: 1 } })
    expect((await bench.commit(id)).adds.transactions).toBe(1)
  })

  it('begins the mapping with the headers that it knows, which is not yet one to read by', async () => {
    const csv = 'Wann;Was;Papier;ISIN;Stück;Kurs;Gebühr\n03.01.2024;Kauf WP;Acme;DE0007164600;10;100,00;5,00\n'
    const begun = { content: 'transactions', columns: { isin: 'ISIN', quantity: 'Stück', price: 'Kurs', fee: 'Gebühr' } }
    const { id, state, mapping } = await bench.preview(csv, { portfolio: 'Begun' })
    expect({ state, mapping }).toEqual({ state: 'needs-mapping', mapping: begun })
    const elsewhere = await bench.imports.changeImport({ params: { importId: id }, body: { portfolio: 'Elsewhere' } }, bench.call)
    expect(elsewhere).toMatchObject({ state: 'needs-mapping', portfolio: 'Elsewhere', mapping: begun })
  })

  it('asks for the currency of prices whose instrument is not known', async () => {
    const csv = 'date,symbol,close\n2026-03-02,NEWONE,100\n2026-03-03,NEWONE,101\n'
    const unclear = await bench.preview(csv)
    expect(unclear.counts).toMatchObject({ rows: 2, needsDecision: 2 })
    expect(await refusalOf(bench.commit(unclear.id))).toMatchObject({
      code: 'decision_needed',
      detail: expect.stringContaining('NEWONE is not known'),
    })
    await bench.market.createInstrument({ body: { name: 'New One', symbol: 'NEWONE', currency: 'EUR' } }, bench.call)
    const clear = await bench.preview(csv)
    expect(clear.counts).toMatchObject({ ok: 2 })
    expect((await bench.commit(clear.id)).adds).toMatchObject({ closes: 2, instruments: 0 })
    const more = await bench.preview('date,symbol,close\n2026-03-03,NEWONE,101\n2026-03-04,NEWONE,102\n')
    expect(more.counts).toMatchObject({ ok: 1, duplicate: 1 })
    expect(more.adds.closes).toBe(1)
    await bench.undo(clear.id)
    expect((await instrumentNamed('New One'))?.lastClose).toBeNull()
  })

  it('leaves no file behind when it cannot be read', async () => {
    const before = (await bench.imports.listImports({ query: {} }, bench.call)).items.length
    expect((await refusalOf(bench.preview('<nothing>'))).code).toBe('unknown_format')
    expect((await refusalOf(bench.preview(book.slice(0, 3000)))).code).toBe('file_broken')
    expect((await refusalOf(bench.preview(book, { mapping: '{"content":"nonsense"}' }))).code).toBe('bad_request')
    expect((await bench.imports.listImports({ query: {} }, bench.call)).items.length).toBe(before)
  })

  it('is not there for strangers', async () => {
    const { id } = await bench.preview(book, { portfolio: 'Mine' })
    const stranger = bench.integration.callAs({ organisationId: '00000000-0000-7000-8000-0000000000ff' })
    expect((await refusalOf(bench.imports.getImport({ params: { importId: id } }, stranger))).code).toBe('not_found')
    expect((await refusalOf(bench.imports.commitImport({ params: { importId: id }, body: {} }, stranger))).code).toBe('not_found')
    expect((await bench.imports.listImports({ query: {} }, stranger)).items).toEqual([])
  })

  it('are listed newest first, by page', async () => {
    const first = await bench.imports.listImports({ query: { limit: 2 } }, bench.call)
    expect(first.items.map(({ portfolio }) => portfolio)[0]).toBe('Mine')
    const second = await bench.imports.listImports({ query: { limit: 2, cursor: first.next ?? '' } }, bench.call)
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort().reverse())
  })
})

describe('an export', () => {
  it('can be imported again without a mapping, into the same book', async () => {
    const main = await portfolioNamed('Main')
    const csv = await bench.export(main?.id ?? '')
    const preview = await bench.preview(csv, { portfolio: 'Twin', baseCurrency: 'EUR' })
    expect(preview).toMatchObject({
      format: 'csv',
      content: 'transactions',
      counts: { rows: 6, ok: 6 },
      adds: { instruments: 0, accounts: 4, transactions: 6 },
    })
    const { portfolioId } = await bench.commit(preview.id)
    const figures = async (id: string) => {
      const { positions, cash } = await bench.core.portfolioPositions({ params: { portfolioId: id }, query: {} }, bench.call)
      const sum = (parts: string[]) => parts.filter((text) => !text.startsWith('0 ')).sort()
      return [
        sum(
          positions.map(
            ({ instrumentId, quantity, lots }) =>
              `${quantity} ${instrumentId} ${lots.map(({ cost, acquiredOn }) => `${cost?.amount} ${acquiredOn}`)}`,
          ),
        ),
        sum(cash.map(({ balance }) => `${balance.amount} ${balance.currency}`)),
      ]
    }
    expect(await figures(portfolioId ?? '')).toEqual(await figures(main?.id ?? ''))
    const told = ({
      kind,
      date,
      time,
      quantity,
      amount,
      currency,
      fee,
      tax,
      received,
      rate,
      note,
      state,
    }: Awaited<ReturnType<typeof transactionsOf>>[number]) =>
      JSON.stringify({ kind, date, time, quantity, amount, currency, fee, tax, received, rate, note, state })
    expect((await transactionsOf(portfolioId ?? '')).map(told).sort()).toEqual((await transactionsOf(main?.id ?? '')).map(told).sort())
  })

  it('is what Ghostfolio imports, and text that beancount reads', async () => {
    const csv =
      'date,type,account,symbol,quantity,price,amount,fee,currency\n2026-03-01,deposit,G,,,,1000,,EUR\n2026-03-02,buy,G,GHO,4,100,,1,EUR\n2026-03-03,sell,G,GHO,1,120,,,EUR\n'
    const { id } = await bench.preview(csv, { portfolio: 'Others' })
    const { portfolioId } = await bench.commit(id)
    const others = await bench.export(portfolioId ?? '', 'ghostfolio')
    const { activities } = JSON.parse(others)
    expect(
      activities.map(({ type, quantity, unitPrice, fee, symbol }: Record<string, unknown>) => [type, quantity, unitPrice, fee, symbol]),
    ).toEqual([
      ['SELL', 1, 120, 0, 'GHO'],
      ['BUY', 4, 100, 1, 'GHO'],
    ])
    const back = await bench.preview(others, { portfolio: 'From Ghostfolio', baseCurrency: 'EUR' })
    expect(back).toMatchObject({ format: 'ghostfolio', counts: { error: 0, needsDecision: 0 }, adds: { transactions: 2 } })
    const text = await bench.export(portfolioId ?? '', 'beancount')
    expect(text).toContain('  Assets:G:GHO  -1 GHO {100 EUR, 2026-03-02}')
    expect(text).toContain('  Income:Gains  -20 EUR')
  })

  it('keeps a spreadsheet from running what a note says', async () => {
    const evil = '=HYPERLINK("http://x","y")'
    const { id } = await bench.preview(`date,type,amount,currency,note\n2026-03-02,deposit,100,EUR,"${evil.replaceAll('"', '""')}"\n`, {
      portfolio: 'Formula',
    })
    const { portfolioId } = await bench.commit(id)
    const csv = await bench.export(portfolioId ?? '')
    expect(csv).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    const back = await bench.preview(csv, { portfolio: 'Formula back' })
    const copied = await bench.commit(back.id)
    expect((await transactionsOf(copied.portfolioId ?? '')).map(({ note }) => note)).toEqual([evil])
  })
})
