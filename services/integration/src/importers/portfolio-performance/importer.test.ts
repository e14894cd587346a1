import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import yazl from 'yazl'
import { maxTransactionRows } from '../limits.ts'
import { counted, read, refusal } from '../sources.fixture.ts'
import { bookXml } from './book.fixture.ts'

const book = bookXml({ version: 63, ids: false })

async function zip(files: Record<string, string>): Promise<Buffer> {
  const archive = new yazl.ZipFile()
  for (const [name, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), name)
  archive.end()
  return buffer(archive.outputStream)
}

describe('a Portfolio Performance file', () => {
  it('becomes accounts, instruments and transactions, gross and in the order of recording', async () => {
    const file = await read(book)
    expect(file.variant).toBe('XML, file version 63, relative references')
    // a deposit, a dividend, four cross entries of two elements, three series
    expect(counted(file)).toBe('ok 13')
    expect(file.accounts.map(({ key, account }) => `${key} ${account.name} ${account.currency}`)).toEqual([
      'a-eur Cash EUR',
      'a-usd Dollars USD',
      'p-1 Cash (depot) EUR',
      'p-2 Second EUR',
    ])
    expect(file.transactions.map(({ row, ...rest }) => rest)).toEqual([
      {
        kind: 'deposit',
        date: '2020-01-02',
        amount: '10000',
        currency: 'EUR',
        state: 'posted',
        accountKey: 'a-eur',
        sourceKey: 't-deposit',
      },
      {
        kind: 'buy',
        date: '2020-01-03',
        instrumentKey: 's-acme',
        quantity: '10',
        amount: '1000',
        currency: 'EUR',
        fee: '9.9',
        tax: '1',
        state: 'posted',
        accountKey: 'p-1',
        cashAccountKey: 'a-eur',
        sourceKey: 't-buy',
      },
      {
        kind: 'dividend',
        date: '2020-06-01',
        instrumentKey: 's-acme',
        quantity: '10',
        amount: '50',
        currency: 'EUR',
        tax: '7.5',
        state: 'posted',
        accountKey: 'a-eur',
        sourceKey: 't-dividend',
      },
      {
        kind: 'transfer',
        date: '2020-07-01',
        amount: '200',
        currency: 'EUR',
        received: { amount: '220', currency: 'USD' },
        rate: { from: 'USD', to: 'EUR', value: '0.9090909091' },
        state: 'posted',
        accountKey: 'a-eur',
        toAccountKey: 'a-usd',
        sourceKey: 't-out',
      },
      {
        kind: 'transfer',
        date: '2020-08-01',
        instrumentKey: 's-acme',
        quantity: '4',
        amount: '440',
        currency: 'EUR',
        state: 'posted',
        accountKey: 'p-1',
        toAccountKey: 'p-2',
        sourceKey: 't-move',
      },
      {
        kind: 'sell',
        date: '2020-09-01',
        time: '15:30:00',
        instrumentKey: 's-acme',
        quantity: '2',
        amount: '220',
        currency: 'EUR',
        fee: '5',
        state: 'posted',
        accountKey: 'p-1',
        cashAccountKey: 'a-eur',
        sourceKey: 't-sell',
      },
    ])
    expect(file.instruments.map(({ instrument }) => instrument)).toEqual([
      { name: 'ACME & Söhne', currency: 'EUR', isin: 'DE0005190003', symbol: 'ACM.DE' },
      { name: 'Copy', currency: 'GBP', quoteUnit: 'GBX' },
    ])
    expect(file.closes.map(({ closes }) => [...closes.entries()])).toEqual([
      [
        ['2020-01-02', '100'],
        ['2020-01-03', '101'],
      ],
      [
        ['2020-01-02', '100'],
        ['2020-01-03', '100.5'],
      ],
    ])
    expect(file.rates.map(({ base, quote, rates }) => [base, quote, ...rates.entries()])).toEqual([['EUR', 'USD', ['2020-01-02', '1.12']]])
    expect(file.notes.map(({ detail }) => detail)).toEqual([
      '1 account is marked as retired; it is imported like the others',
      '1 taxonomy: Kinds',
      'not imported: watchlists (1)',
    ])
    const node = { description: '', colour: '#5757ff' }
    expect(file.taxonomies).toEqual([
      {
        key: 'kinds',
        name: 'Kinds',
        // by rank, each before what stands below it
        nodes: [
          { key: 'k-shares', parentKey: null, name: 'Shares', ...node },
          { key: 'k-europe', parentKey: 'k-shares', name: 'Europe', ...node },
          { key: 'k-cash', parentKey: null, name: 'Cash', ...node },
        ],
        assignments: [
          { instrumentKey: 's-acme', nodeKey: 'k-europe', weight: '60.5' },
          { accountKey: 'a-eur', nodeKey: 'k-cash', weight: '100' },
        ],
      },
    ])
  })

  it('tells the two elements of a cross entry as one transaction', async () => {
    const rows = [...(await read(book)).rows]
    const told = rows
      .filter(({ follows }) => follows)
      .map(({ follows, reason, note }) => ({ other: rows[(follows ?? 0) - 1], decides: rows[(follows ?? 0) - 1]?.becomes, reason, note }))
    expect(told.map(({ decides }) => decides).sort()).toEqual(['buy', 'sell', 'transfer', 'transfer'])
    for (const { other, reason, note } of told) {
      expect(reason).toBe(`the other side of line ${other?.line}`)
      expect(note).toEqual({ code: 'other-side', facts: { line: String(other?.line) } })
    }
  })

  it('says the same with numeric ids', async () => {
    const [byPath, byId] = [await read(book), await read(bookXml({ version: 63, ids: true }))]
    expect(byId.variant).toBe('XML, file version 63, numeric ids')
    expect(byId.transactions).toEqual(byPath.transactions)
    expect(byId.instruments).toEqual(byPath.instruments)
    expect(byId.accounts).toEqual(byPath.accounts)
    expect(byId.closes.map(({ closes }) => [...closes.entries()])).toEqual(byPath.closes.map(({ closes }) => [...closes.entries()]))
    expect(counted(byId)).toBe(counted(byPath))
  })

  it.each([23, 25, 26, 28, 29, 30, 48, 49, 63, 70])('of version %i has the same amounts, shares and quotes', async (version) => {
    for (const ids of [false, true]) {
      const file = await read(bookXml({ version, ids }))
      const bought = file.transactions.find(({ kind }) => kind === 'buy')
      expect(bought).toMatchObject({ quantity: '10', amount: '1000', currency: 'EUR', fee: '9.9', tax: '1' })
      expect(file.closes[0]?.closes.valueAt(1)).toBe('101')
      expect(counted(file)).toBe(version > 28 ? 'ok 13' : 'ok 9')
    }
  })

  it.each([22, 71])('of version %i is refused with a way out', async (version) => {
    const { code, detail } = await refusal(book.replace('<version>63<', `<version>${version}<`))
    expect(code).toBe('unknown_format')
    expect(detail).toContain(`version ${version}`)
  })

  it('is found inside a ZIP', async () => {
    const file = await read(await zip({ 'data.xml': book }))
    expect(file.variant).toBe('XML, file version 63, relative references, in a ZIP')
    expect(counted(file)).toBe('ok 13')
  })

  it('is refused where the ZIP is a bomb, leads out, nests, or holds several files', async () => {
    expect((await refusal(await zip({ 'data.xml': '0'.repeat(20_000_000) }))).detail).toContain('archive bomb')
    expect((await refusal(await zip({ 'a.xml': book, 'b.xml': book }))).detail).toContain('2 files')
    const inner = await zip({ 'data.xml': book })
    const nested = new yazl.ZipFile()
    nested.addBuffer(inner, 'inner.zip')
    nested.end()
    expect((await refusal(await buffer(nested.outputStream))).detail).toContain('archive inside an archive')
    const out = await zip({ 'aa/data.xml': book })
    expect((await refusal(Buffer.from(out.toString('latin1').replaceAll('aa/data.xml', '../data.xml'), 'latin1'))).code).toBe('file_broken')
    expect((await refusal(inner.subarray(0, inner.length - 30))).code).toBe('file_broken')
  })

  it('that is encrypted or binary is refused with what to do instead', async () => {
    const encrypted = await refusal(Buffer.concat([Buffer.from('PORTFOLIO'), Buffer.from([1]), Buffer.alloc(64, 0xa5)]))
    expect(encrypted.code).toBe('file_encrypted')
    expect(encrypted.detail).toContain('XML')
    const binary = await refusal(Buffer.concat([Buffer.from('PPPBV1'), Buffer.alloc(64, 8)]))
    expect(binary.code).toBe('unknown_format')
    expect(binary.detail).toContain('XML')
  })

  it('never has its entities expanded', async () => {
    const laughs = `<?xml version="1.0"?>\n<!DOCTYPE client [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n${book.slice(book.indexOf('<client'))}`
    expect(await refusal(laughs)).toEqual({ code: 'file_broken', detail: expect.stringContaining('DOCTYPE') })
    const { code, detail } = await refusal(book.replace('ACME &amp;', '&xxe;'))
    expect(code).toBe('file_broken')
    expect(detail).toMatch(/^line 6: /)
  })

  it('that is cut off, broken or refers to nothing names the line', async () => {
    for (const share of [0.2, 0.5, 0.9]) {
      const { code, detail } = await refusal(book.slice(0, Math.floor(book.length * share)))
      expect(code).toBe('file_broken')
      expect(detail).toMatch(/^line \d+: the file ends in the middle/)
    }
    expect((await refusal(book.replace('</securities>', '</securites>'))).detail).toMatch(/^line \d+: /)
    expect(
      (
        await refusal(
          book.replace('security[2]', 'security').replace('../../../../../securities/security"', '../../../../../securities/security[9]"'),
        )
      ).detail,
    ).toMatch(/^line \d+: <security> refers to .*security\[9\], which is not in the file/)
    expect((await refusal(Buffer.from(book.replace('Söhne', 'S\u00f6hne'), 'latin1'))).detail).toMatch(/^line 6: the text is not utf-8/i)
  })

  it('in another encoding is read as it says', async () => {
    const file = await read(Buffer.from(book.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"'), 'latin1'))
    expect(file.instruments[0]?.instrument.name).toBe('ACME & Söhne')
    const wide = await read(
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(book.replace('encoding="UTF-8"', 'encoding="UTF-16"'), 'utf16le')]),
    )
    expect(counted(wide)).toBe('ok 13')
  })

  it('puts the error on the row that has it and keeps the others', async () => {
    const file = await read(
      book
        .replace('<currencyCode>USD</currencyCode><isRetired>', '<currencyCode>XXX</currencyCode><isRetired>')
        .replace('<amount>1000000<', '<amount>ten<'),
    )
    const errors = [...file.rows].filter(({ state }) => state === 'error').map(({ field, code, reason }) => [field, code, reason])
    expect(errors).toEqual([
      ['amount', 'bad_request', '"ten" is no number'],
      ['currencyCode', 'unknown_currency', expect.any(String)],
    ])
    expect(file.notes.map(({ detail }) => detail)).toContain('Dollars: XXX is no currency; the account is left out')
  })

  it('makes a draft of what lies in the future and ignores what moves nothing', async () => {
    const file = await read(book.replace('<amount>1000000<', '<amount>0<'), { today: '2020-08-15' })
    expect(counted(file)).toBe('ok 12, ignored 1, drafts 1')
    expect(file.transactions.at(-1)).toMatchObject({ kind: 'sell', state: 'draft' })
  })

  it('is refused while it streams in when it would fill the memory: too many transactions, too deep', async () => {
    const start = '<client>\n<version>66</version>\n<accounts><account><transactions>\n'
    const one = '<account-transaction><uuid>t</uuid></account-transaction>\n'
    // never closed: what is refused at its 100,001st transaction has not been read to its end
    expect(await refusal(`${start}${one.repeat(maxTransactionRows + 1)}cut`)).toMatchObject({
      code: 'body_too_large',
      detail: `line ${maxTransactionRows + 4}: the file has more than ${maxTransactionRows} rows; split it into several files`,
    })
    expect(await refusal(start + '<account>'.repeat(3000))).toMatchObject({
      code: 'file_broken',
      detail: 'line 4: elements stand inside each other more than 2000 deep',
    })
    expect(await refusal(start + '<a><b/><c class="x"/></a>'.repeat(1_000_000))).toMatchObject({
      code: 'body_too_large',
      detail: 'line 4: the file has more than 2000000 elements',
    })
  }, 30_000)

  it('leaves nothing open when its encoding is not known, and takes no word of the file for one of ours', async () => {
    expect(await refusal('<?xml version="1.0" encoding="no-such"?><client><version>66</version></client>')).toMatchObject({
      code: 'file_broken',
      detail: 'line 1: the file says that its encoding is no-such, which is not known',
    })
    const odd = await read(book.replace('<type>DEPOSIT</type>', '<type>constructor</type>').replaceAll('>USD<', '>constructor<'))
    expect([...odd.rows].flatMap(({ state, reason }) => (state === 'error' ? [reason] : []))).toContain(
      'constructor without its other side',
    )
  })

  it('takes element names that JavaScript has a use for as the words they are', async () => {
    const odd = book.replace('<uuid>a-eur</uuid>', '<uuid>a-eur</uuid><__proto__><name>x</name></__proto__><constructor>y</constructor>')
    expect(odd).not.toBe(book)
    expect(counted(await read(odd))).toBe('ok 13')
  })
})
