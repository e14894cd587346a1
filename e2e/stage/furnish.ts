import type { Client, Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'

/** Where in a book the screens of its accounts and lots look. */
export interface Furnished {
  /** The account that holds most instruments. */
  readonly accountId: string
  readonly account: string
  /** Something it holds, with most lots. */
  readonly instrument: string
  readonly taxonomyId: string
  /** A portfolio of one account in which nothing was ever recorded. */
  readonly emptyPortfolioId: string
  readonly emptyAccountId: string
}

/**
 * Adds to an imported book what files do not bring, without changing a figure: a plan with its drafts, statements that agree and differ,
 * a closed period, a split applied by mistake, a tree that sorts half of what is held, a correction with its reason; and an empty portfolio beside it.
 */
export async function furnish(client: Client, portfolioId: string): Promise<Furnished> {
  const { items: accounts } = dataOf(await client.GET('/accounts', { params: { query: { portfolioId, limit: 100 } } }))
  const positions = await Promise.all(accounts.map(async (account) => ({ account, ...(await positionsOf(client, account.id)) })))
  const [fullest] = positions.sort((a, b) => b.positions.length - a.positions.length)
  const most = fullest && [...fullest.positions].sort((a, b) => b.lots.length - a.lots.length)[0]
  if (!fullest || !most) throw new Error('the book holds nothing')
  const { items: instruments } = dataOf(await client.GET('/instruments', { params: { query: { limit: 1000 } } }))
  const instrument = instruments.find(({ id }) => id === most.instrumentId)
  if (!instrument) throw new Error('what is held is not known')
  await correctNewest(client, portfolioId)
  await planFor(client, fullest.account, instrument)
  await stateBalances(client, fullest.account.id, fullest.cash[0]?.balance, most)
  await splitByMistake(client, instrument)
  const taxonomyId = await sort(
    client,
    fullest.positions.map(({ instrumentId }) => instrumentId),
  )
  const today = dataOf(await client.GET('/about')).today
  dataOf(
    await client.POST('/period-locks', { body: { accountId: fullest.account.id, closedThrough: '2010-12-31', reason: 'Taxes are filed' } }),
  )
  const empty = dataOf(
    await client.POST('/accounts', { body: { name: `Drawer of ${fullest.account.name}`, currency: 'EUR', openedOn: today } }),
  )
  const portfolio = dataOf(
    await client.POST('/portfolios', {
      body: { name: `Empty beside ${fullest.account.name}`, baseCurrency: 'EUR', accountIds: [empty.id] },
    }),
  )
  return {
    accountId: fullest.account.id,
    account: fullest.account.name,
    instrument: instrument.name,
    taxonomyId,
    emptyPortfolioId: portfolio.id,
    emptyAccountId: empty.id,
  }
}

async function positionsOf(client: Client, accountId: string): Promise<Schema<'Positions'>> {
  return dataOf(await client.GET('/accounts/{accountId}/positions', { params: { path: { accountId }, query: {} } }))
}

/** Nothing but its note changes. */
async function correctNewest(client: Client, portfolioId: string): Promise<void> {
  const query = { portfolioId, state: 'posted', limit: 1 } as const
  const [newest] = dataOf(await client.GET('/transactions', { params: { query } })).items
  if (!newest || newest.event) return
  const { kind, date, time, instrumentId, toAccountId, cashAccountId, cashCurrency, quantity, price, amount, currency, fee, tax } = newest
  const stated = {
    kind,
    date,
    time,
    instrumentId,
    toAccountId,
    cashAccountId,
    cashCurrency,
    quantity,
    price,
    amount,
    currency,
    fee,
    tax,
    note: 'as on the statement',
  }
  const said = Object.entries(stated).filter(([, value]) => value !== null)
  const transaction = { ...Object.fromEntries(said), kind, date }
  dataOf(
    await client.POST('/transactions/{transactionId}/replace', {
      params: { path: { transactionId: newest.id }, header: { 'If-Match': `"${newest.version}"` } },
      body: { transaction, reason: 'The statement says more' },
    }),
  )
}

async function planFor(client: Client, { id, currency }: Schema<'Account'>, instrument: Schema<'Instrument'>): Promise<void> {
  const { today } = dataOf(await client.GET('/about'))
  const from = `${Number(today.slice(0, 4)) - (today.slice(5, 7) < '03' ? 1 : 0)}-${today.slice(5, 7) < '03' ? '11' : today.slice(5, 7)}-01`
  const shared = { accountId: id, instrumentId: instrument.id, kind: 'buy', amount: '150', currency, dayRule: 'next-business-day' } as const
  dataOf(await client.POST('/plans', { body: { ...shared, name: `${instrument.name}, monthly`, rhythm: 'monthly', day: 1, from } }))
  dataOf(
    await client.POST('/plans', {
      body: {
        name: 'Custody',
        kind: 'fee',
        accountId: id,
        amount: '9.90',
        currency,
        rhythm: 'quarterly',
        day: 31,
        dayRule: 'as-scheduled',
        from: '2099-01-01',
      },
    }),
  )
}

async function stateBalances(
  client: Client,
  accountId: string,
  balance: Schema<'Money'> | undefined,
  held: Schema<'Positions'>['positions'][number],
): Promise<void> {
  const { today: date } = dataOf(await client.GET('/about'))
  const { instrumentId, quantity } = held
  dataOf(await client.POST('/balance-assertions', { body: { accountId, date, units: { instrumentId, quantity } } }))
  if (balance) dataOf(await client.POST('/balance-assertions', { body: { accountId, date, cash: { ...balance, amount: '1000' } } }))
}

/** A split that was applied by mistake and undone: its list shows both. */
async function splitByMistake(client: Client, instrument: Schema<'Instrument'>): Promise<void> {
  const { today: exDate } = dataOf(await client.GET('/about'))
  const terms = { kind: 'split', instrumentId: instrument.id, ratio: { new: '2', old: '1' }, exDate } as const
  const path = { actionId: dataOf(await client.POST('/actions', { body: terms })).id }
  const { effects } = dataOf(await client.POST('/actions/{actionId}/preview', { params: { path }, body: {} }))
  const accounts = effects.map(({ accountId }) => ({ accountId }))
  const { id: applicationId } = dataOf(await client.POST('/actions/{actionId}/apply', { params: { path }, body: { accounts } }))
  dataOf(await client.POST('/action-applications/{applicationId}/undo', { params: { path: { applicationId } }, body: {} }))
}

/** A tree of two levels, into which every other instrument is put. */
async function sort(client: Client, instrumentIds: readonly string[]): Promise<string> {
  let tree = dataOf(await client.POST('/taxonomies', { body: { name: `By branch, ${instrumentIds.length} instruments` } }))
  const header = () => ({ 'If-Match': `"${tree.version}"` })
  const add = async (name: string, parentId: string | null) => {
    const path = { taxonomyId: tree.id }
    tree = dataOf(await client.POST('/taxonomies/{taxonomyId}/nodes', { params: { path, header: header() }, body: { name, parentId } }))
    return tree.nodes.find((node) => node.name === name)?.id ?? ''
  }
  const shares = await add('Shares', null)
  const nodes = [await add('Technology', shares), await add('Health', shares), await add('Energy', shares)]
  await add('Bonds', null)
  for (const [at, objectId] of instrumentIds.filter((_, place) => place % 2 === 0).entries()) {
    const path = { taxonomyId: tree.id, kind: 'instrument', objectId } as const
    const weights = [{ nodeId: nodes[at % nodes.length] ?? '', weight: '100' }]
    tree = dataOf(
      await client.PUT('/taxonomies/{taxonomyId}/assignments/{kind}/{objectId}', { params: { path, header: header() }, body: { weights } }),
    )
  }
  return tree.id
}
