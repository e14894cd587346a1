import { Readable } from 'node:stream'
import type { Mapping } from '@pe/contracts/integration.ts'
import { plainDate } from '@pe/finance/time/plain-date.ts'
import { describe, expect, it } from 'vitest'
import { readFile } from '../detect-format.ts'
import { maxStagedRows } from '../limits.ts'
import { openSource } from '../source/open-source.ts'
import { counted, read, refusal } from '../sources.fixture.ts'

const german = `Kontoauszug Nr. 7
Datum;Typ;Wertpapiername;ISIN;Stück;Kurs;Betrag;Gebühren;Steuern;Währung;Notiz
16.03.2026;Einlage;;;;;5.000,00;;;EUR;Anfang
17.03.2026;Kauf;Müller AG;DE0005190003;1.200,5;3,25;3.901,63;4,90;;EUR;"mit ""Anführung""
und Umbruch"
18.03.2026;Dividende;Müller AG;DE0005190003;;;100,00;;25,00;EUR;
Summe;;;;;;9.001,63;;;;
`

describe('a CSV of transactions', () => {
  it('is read from German headers, signs, dates and umlauts, whatever its encoding', async () => {
    const variants: [string, Buffer][] = [
      ['utf-8', Buffer.from(german)],
      ['utf-8', Buffer.from(`\ufeff${german}`)],
      ['windows-1252', Buffer.from(german, 'latin1')],
      ['utf-16le', Buffer.from(`\ufeff${german}`, 'utf16le')],
      ['utf-16le', Buffer.from(german, 'utf16le')],
      ['utf-16be', Buffer.from(`\ufeff${german}`, 'utf16le').swap16()],
    ]
    for (const [encoding, bytes] of variants) {
      const file = await read(bytes)
      expect(file.variant).toBe(`11 columns by semicolon, ${encoding}`)
      expect(counted(file)).toBe('ok 3, ignored 1')
      expect(file.transactions.map(({ sourceKey, row, ...rest }) => rest)).toEqual([
        { kind: 'deposit', date: '2026-03-16', amount: '5000', currency: 'EUR', note: 'Anfang', state: 'posted', accountKey: 'Account' },
        {
          kind: 'buy',
          date: '2026-03-17',
          instrumentKey: 'DE0005190003',
          quantity: '1200.5',
          amount: '3901.625',
          currency: 'EUR',
          fee: '4.9',
          note: 'mit "Anführung"\nund Umbruch',
          state: 'posted',
          accountKey: 'Account',
        },
        {
          kind: 'dividend',
          date: '2026-03-18',
          instrumentKey: 'DE0005190003',
          amount: '100',
          currency: 'EUR',
          tax: '25',
          state: 'posted',
          accountKey: 'Account',
        },
      ])
      // a row may go on over several lines: 3 to 5 here
      expect([...file.rows].map(({ line }) => line)).toEqual([3, 4, 6, 7])
      expect(file.notes.map(({ detail }) => detail)).toEqual(['1 row before the header is no row of data'])
    }
  })

  it('without cash movements becomes deliveries, unless asked for cash', async () => {
    const trades =
      'date,account,type,symbol,quantity,price,fee,tax,currency\n2026-03-02,Depot,buy,VWCE,6,100,1,0,EUR\n2026-03-03,Depot,dividend,VWCE,,,,,EUR\n2026-03-04,Depot,sell,VWCE,2,110,1,3,EUR\n'
    expect((await read(trades)).transactions.map(({ kind }) => kind)).toEqual(['delivery-in', 'delivery-out'])
    const asked: Mapping = { content: 'transactions', columns: {}, trades: 'cash' }
    expect((await read(trades, { mapping: asked })).transactions.map(({ kind }) => kind)).toEqual(['buy', 'sell'])
  })

  it('asks when day and month cannot be told apart, and believes the answer', async () => {
    const dates = (second: string) => `date,type,amount,currency\n03/04/2026,deposit,100,EUR\n${second},deposit,100,EUR\n`
    const unclear = await read(dates('05/06/2026'))
    expect(counted(unclear)).toBe('needsDecision 2')
    expect(unclear.rows.at(1)).toMatchObject({ line: 2, field: 'date', reason: expect.stringContaining('dd/MM/yyyy or MM/dd/yyyy') })
    expect((await read(dates('25/06/2026'))).transactions.map(({ date }) => date)).toEqual(['2026-04-03', '2026-06-25'])
    expect((await read(dates('06/25/2026'))).transactions.map(({ date }) => date)).toEqual(['2026-03-04', '2026-06-25'])
    const told = await read(dates('05/06/2026'), { mapping: { content: 'transactions', columns: {}, dateFormat: 'MM/dd/yyyy' } })
    expect(told.transactions.map(({ date }) => date)).toEqual(['2026-03-04', '2026-05-06'])
  })

  it('asks when a comma may be a decimal or a thousands sign', async () => {
    const amounts = (other: string) => `date;type;amount;currency\n2026-03-02;deposit;1.234;EUR\n2026-03-03;deposit;${other};EUR\n`
    expect(counted(await read(amounts('5.678')))).toBe('needsDecision 2')
    expect((await read(amounts('5.678,5'))).transactions.map(({ amount }) => amount)).toEqual(['1234', '5678.5'])
    expect((await read(amounts('5.5'))).transactions.map(({ amount }) => amount)).toEqual(['1.234', '5.5'])
  })

  it('reports each bad row with line, field and reason, and keeps the others', async () => {
    const file = await read(
      'date,type,symbol,quantity,price,amount,currency,fee\n2026-03-02,deposit,,,,100,EUR,\n2026-02-30,deposit,,,,100,EUR,\n2026-03-02,stroke,,,,100,EUR,\n2026-03-02,deposit,,,,1O0,EUR,\n2026-03-02,deposit,,,,100,EURO,\n2026-03-02,buy,,1,1,,EUR,\n2026-03-02,deposit,,,,100,EUR,,,too much\n2026-03-02,buy,VWCE,0,0,,EUR,0\n2050-01-01,deposit,,,,100,EUR,\n',
    )
    expect(counted(file)).toBe('ok 2, ignored 1, error 6, drafts 1')
    expect([...file.rows].filter(({ state }) => state === 'error').map(({ line, field, code }) => `${line} ${field} ${code}`)).toEqual([
      '3 date bad_request',
      '4 kind bad_request',
      '5 amount bad_request',
      '6 currency unknown_currency',
      '7 symbol instrument_missing',
      '8  bad_request',
    ])
  })

  it('tells the words of a whole column for the mapping of kinds, and none for a column that holds something else', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `${at}.5|${at === 59 ? 'once only' : 'rein'}`)
    const { sample } = await read(`Wieviel|Was\n${rows.join('\n')}\n`)
    expect(sample?.rows).toHaveLength(20)
    expect(sample?.words).toEqual([[], ['rein', 'once only']])
  })

  it('that nothing recognises waits for a mapping, which can name columns by header or number', async () => {
    const odd = 'Wann|Was|Wieviel\n2026-03-02|rein|100.50\n2026-03-03|raus|-20.00\n'
    const waiting = await read(odd)
    expect(waiting.needsMapping).toBe(true)
    expect(waiting.sample).toEqual({
      headers: ['Wann', 'Was', 'Wieviel'],
      rows: [
        ['2026-03-02', 'rein', '100.50'],
        ['2026-03-03', 'raus', '-20.00'],
      ],
      words: [
        ['2026-03-02', '2026-03-03'],
        ['rein', 'raus'],
        ['100.50', '-20.00'],
      ],
    })
    const mapping: Mapping = {
      content: 'transactions',
      columns: { date: 'Wann', kind: '2', amount: 'wieviel' },
      kinds: { rein: 'deposit', raus: 'withdrawal' },
      currency: 'CHF',
      account: 'Konto',
    }
    const file = await read(odd, { mapping })
    expect(file.transactions.map(({ kind, amount, currency, accountKey }) => `${kind} ${amount} ${currency} ${accountKey}`)).toEqual([
      'deposit 100.5 CHF Konto',
      'withdrawal 20 CHF Konto',
    ])
    const unsigned: Mapping = { content: 'transactions', columns: { date: 'Wann', amount: 'Wieviel' }, currency: 'CHF' }
    expect((await read(odd, { mapping: unsigned })).transactions.map(({ kind }) => kind)).toEqual(['deposit', 'withdrawal'])
    expect(await refusal(odd, { mapping: { content: 'transactions', columns: { date: 'Wenn' } } })).toEqual({
      code: 'mapping_needed',
      detail: 'the file has no column "Wenn" for date; it has Wann, Was, Wieviel',
    })
    expect((await refusal(odd, { mapping: { content: 'transactions', columns: { day: 'Wann' } } })).detail).toContain(
      'day is no field of transactions',
    )
  })

  it('gives equal rows different keys, and the same ones each time', async () => {
    const twice = 'date,type,amount,currency\n2026-03-02,deposit,100,EUR\n2026-03-02,deposit,100,EUR\n'
    const keys = async () => (await read(twice)).transactions.map(({ sourceKey }) => sourceKey)
    expect(new Set(await keys()).size).toBe(2)
    expect(await keys()).toEqual(await keys())
  })
})

describe('a CSV of prices or rates', () => {
  it('is read from obvious headers; a day given again counts once', async () => {
    const file = await read(
      'Date;Ticker;Schlusskurs;Währung\n02.03.2026;VWCE;100,5;EUR\n03.03.2026;VWCE;101;EUR\n02.03.2026;VWCE;100,7;EUR\n03.03.2026;SHEL;2500;GBX\nx;VWCE;1;EUR\n04.03.2026;VWCE;0;EUR\n',
    )
    expect(file.content).toBe('prices')
    expect(counted(file)).toBe('ok 3, duplicate 1, error 2')
    expect(file.closes.map(({ closes }) => [...closes.entries()])).toEqual([
      [
        ['2026-03-02', '100.7'],
        ['2026-03-03', '101'],
      ],
      [['2026-03-03', '2500']],
    ])
    expect(file.instruments[1]?.instrument).toEqual({ name: 'SHEL', symbol: 'SHEL', currency: 'GBP', quoteUnit: 'GBX' })
    expect(file.rows.at(1)).toMatchObject({ line: 2, state: 'duplicate', instrument: 'VWCE', amount: '100.5', date: '2026-03-02' })
  })

  it('of a single instrument takes its name from the mapping', async () => {
    const file = await read('day,nav\n2026-03-02,12.345678901\n', {
      mapping: { content: 'prices', columns: { date: 'day', close: 'nav' }, instrument: 'My fund', currency: 'EUR' },
    })
    expect(file.instruments).toEqual([{ key: expect.any(String), instrument: { name: 'My fund', currency: 'EUR' } }])
    expect(file.closes[0]?.closes.valueAt(0)).toBe('12.345678901')
  })

  it('refuses rates of unknown currencies row by row', async () => {
    const file = await read(
      'date,base,quote,rate\n2026-03-02,EUR,USD,1.1\n2026-03-02,EUR,ZZZ,1.1\n2026-03-02,EUR,EUR,1\n2026-03-02,EUR,CHF,-1\n',
    )
    expect([...file.rows].map(({ state, field }) => `${state} ${field}`)).toEqual(['ok null', 'error quote', 'error quote', 'error rate'])
  })
})

describe('a file that is no CSV', () => {
  it.each([
    ['', 'file_broken', 'empty'],
    ['  \n\n', 'file_broken', 'empty'],
    ['just words\nand more of them\n', 'unknown_format', 'begins no known format'],
    ['{"hello": [1,2,3]}', 'unknown_format', 'JSON'],
    ['<html><body>1,2</body></html>', 'unknown_format', '<html>'],
    ['\u0000\u0001\u0002,\u0003\n', 'unknown_format', 'binary'],
  ])('%j is refused', async (content, code, words) => {
    const refused = await refusal(content)
    expect(refused.code).toBe(code)
    expect(refused.detail).toContain(words)
  })

  it('names the line where its text stops being text, or a quote never ends', async () => {
    const rows = `date,type,amount,currency\n${'2026-03-02,deposit,100,EUR\n'.repeat(4000)}`
    const bad = Buffer.concat([
      Buffer.from(rows),
      Buffer.from('2026-03-02,deposit,100,EUR,caf'),
      Buffer.from([0xe9, 0x0a]),
      Buffer.from(rows.slice(26)),
    ])
    expect(await refusal(bad)).toEqual({ code: 'file_broken', detail: expect.stringMatching(/^line 4002: the text is not utf-8/) })
    expect((await refusal(`${rows}2026-03-02,deposit,100,"EUR\n${rows}`)).detail).toMatch(/^line 4002: a quoted cell is never closed/)
    const small = 'date,type,amount,currency\n2026-03-02,deposit,100,EUR\n2026-03-02,deposit,100,"EUR\n2026-03-02,deposit,100,EUR\n'
    expect((await refusal(small)).detail).toMatch(/^line 3: a quoted cell is never closed/)
  })

  it('names the line where it turns into bytes', async () => {
    const rows = `date,type,amount,currency\n${'2026-03-02,deposit,100,EUR\n'.repeat(4000)}`
    expect(await refusal(`${rows}2026-03-02,deposit,1\u00000,EUR\n`)).toEqual({
      code: 'file_broken',
      detail: 'line 4002: a zero character: this is no text',
    })
  })

  it('of broken or truncated JSON names the line', async () => {
    const json = '{\n  "meta": {},\n  "activities": [\n    {"type": "BUY",\n     "fee": 1}\n    {"type": "BUY"}\n  ]\n}'
    expect((await refusal(json)).detail).toMatch(/^line 6: the JSON is broken/)
    expect((await refusal(json.slice(0, 60))).detail).toBe('line 5: the file ends in the middle')
  })
})

describe('what a CSV does not say', () => {
  const rowsOf = async (...lines: string[]) => {
    const file = await read(`date,kind,name,quantity,price,amount,currency\n${lines.join('\n')}\n`)
    return [...file.rows].map(({ state, code, reason }) => `${state} ${code}: ${reason}`)
  }

  it('is unknown, not 0: a purchase without a price and an amount; a gift says 0', async () => {
    const missing = 'error field_missing: the row states neither an amount nor a price, and unknown is not 0'
    expect(await rowsOf('2026-03-02,buy,Acme,10,,,EUR', '2026-03-02,delivery-in,Acme,10,0,,EUR')).toEqual([missing, 'ok null: null'])
  })

  it('is not made up from words that JavaScript knows', async () => {
    for (const word of ['__proto__', 'constructor', 'toString'])
      expect(await rowsOf(`2026-03-02,deposit,,,,5,${word}`)).toEqual([`error unknown_currency: "${word}" is no currency`])
  })

  it('makes a file of bytes no table', async () => {
    const picture = Buffer.from(Array.from({ length: 4000 }, (_, at) => ((at * 7919) % 251) + 1))
    expect(await refusal(picture)).toMatchObject({ code: 'unknown_format', detail: expect.stringContaining('this is a binary file') })
  })
})

describe('a file of 100 MB', () => {
  it('is refused at the first row past the limit, with little memory', async () => {
    const block = Buffer.from('2026-03-02,deposit,100.25,EUR\n'.repeat(2000))
    const size = 100 * 1024 * 1024
    let [given, peak] = [0, 0]
    const before = process.memoryUsage().rss
    async function* content() {
      yield Buffer.from('date,type,amount,currency\n')
      for (; given < size; given += block.length) {
        yield block
        peak = Math.max(peak, process.memoryUsage().rss - before)
      }
    }
    const source = await openSource('deposits.csv', async () => Readable.from(content()))
    given = 0
    await expect(readFile(source, { today: plainDate('2026-11-22'), timeZone: 'UTC' })).rejects.toMatchObject({
      code: 'body_too_large',
      detail: `line ${maxStagedRows + 2}: the file has more than ${maxStagedRows} rows; split it into several files`,
    })
    // a million rows of 30 bytes
    expect(given).toBeLessThan(size / 3)
    expect(peak / 1024 / 1024).toBeLessThan(150)
  }, 30_000)
})
