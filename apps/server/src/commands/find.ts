import type { Client, Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { allPages } from './all-pages.ts'
import { CommandFailed } from './command.ts'

/** The portfolio of that name or id. */
export async function findPortfolio(client: Client, name: string): Promise<Schema<'Portfolio'>> {
  const { items } = dataOf(await client.GET('/portfolios', { params: { query: { name } } }))
  const exact = items.find((one) => one.name === name)
  if (exact) return exact
  const names: string[] = []
  for await (const one of allPages((cursor) => client.GET('/portfolios', { params: { query: page(cursor) } }))) {
    if (one.id === name) return one
    names.push(one.name)
  }
  const there = names.length > 0 ? `There are: ${names.join(', ')}.` : 'There is none yet: import a file first.'
  throw new CommandFailed(`There is no portfolio '${name}'. ${there}`)
}

/** The instrument of that name, symbol, ISIN or id; two that fit are told apart by ISIN or id. */
export async function findInstrument(client: Client, text: string): Promise<Schema<'Instrument'>> {
  const wanted = text.toLowerCase()
  const fits: Schema<'Instrument'>[] = []
  for await (const one of allPages((cursor) => client.GET('/instruments', { params: { query: page(cursor) } }))) {
    if ([one.id, one.isin, one.symbol, one.name].some((known) => known?.toLowerCase() === wanted)) fits.push(one)
  }
  const [found, ...others] = fits
  if (!found) throw new CommandFailed(`There is no instrument '${text}'. Give its name, symbol, ISIN or id.`)
  if (others.length > 0) {
    const list = fits.map((one) => `${one.name} (${one.isin ?? one.symbol ?? one.currency}, ${one.id})`).join('; ')
    throw new CommandFailed(`'${text}' may be any of: ${list}. Give the id.`)
  }
  return found
}

/** The account of that name or id in the portfolio. */
export async function findAccount(client: Client, portfolioId: string, text: string): Promise<Schema<'Account'>> {
  const names: string[] = []
  for await (const one of allPages((cursor) => client.GET('/accounts', { params: { query: { portfolioId, ...page(cursor) } } }))) {
    if (one.id === text || one.name === text) return one
    names.push(one.name)
  }
  throw new CommandFailed(`The portfolio has no account '${text}'. It has: ${names.join(', ')}.`)
}

function page(cursor: string | undefined): { limit: number; cursor?: string } {
  return { limit: 1000, ...(cursor === undefined ? {} : { cursor }) }
}
