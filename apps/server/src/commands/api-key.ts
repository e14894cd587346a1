import { parseArgs } from 'node:util'
import { permissions } from '@pe/contracts/permissions.ts'
import type { Client, Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { table } from '../terminal/table.ts'
import { allPages } from './all-pages.ts'
import { type Command, CommandFailed, dayOf, required, WrongUsage } from './command.ts'
import { oneOf } from './one-of.ts'
import { withClient } from './with-client.ts'

type ApiKey = Schema<'ApiKey'>

export const apiKeyCommand: Command = {
  name: 'api-key',
  summary: 'keys by which programs use the API: create, list, revoke',
  usage: `Usage: pe api-key create --name NAME --scopes A,B,… [--expires YYYY-MM-DD] [--json]
       pe api-key list [--json]
       pe api-key revoke KEY

  create     prints the key, once and never again; programs send it as 'Authorization: Bearer KEY'
  --scopes   what it may do: ${permissions.slice(0, 6).join(', ')},
             ${permissions.slice(6).join(', ')}
  --expires  good through this day (UTC); until it is revoked when absent
  KEY        its id, its name, or what it begins with (pe_…)`,

  async run(args) {
    return withClient(apiKeyAct(args))
  },
}

/** What was asked for. */
export function apiKeyAct(args: readonly string[]): (client: Client) => Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      scopes: { type: 'string', multiple: true },
      expires: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  const [verb, key, ...more] = positionals
  if (more.length > 0 || (key !== undefined && verb !== 'revoke')) throw new WrongUsage(`'${more[0] ?? key}' is too much.`)
  const json = values.json ?? false
  switch (verb) {
    case 'create': {
      const name = required(values.name, '--name')
      const scopes = required(values.scopes?.join(','), '--scopes').split(',')
      const expires = dayOf(values.expires, '--expires')
      const body = {
        name,
        scopes: scopes.map((scope) => oneOf(permissions, scope.trim(), '--scopes')),
        ...(expires ? { expiresAt: `${expires}T23:59:59.999Z` } : {}),
      }
      return (client) => create(client, body, json)
    }
    case 'list':
      return (client) => list(client, json)
    case 'revoke': {
      const text = required(key, 'KEY')
      return (client) => revoke(client, text)
    }
    default:
      throw new WrongUsage(verb ? `There is no 'pe api-key ${verb}'.` : 'What about API keys?')
  }
}

/** The secret alone on standard output, so that it can go where it is needed without being seen. */
async function create(client: Client, body: Schema<'NewApiKey'>, json: boolean): Promise<number> {
  const made = dataOf(await client.POST('/api-keys', { body }))
  if (json) console.log(JSON.stringify(made, null, 2))
  else {
    console.error(`The key '${made.key.name}' may ${made.key.scopes.join(', ')}. It is shown this once:`)
    console.log(made.secret)
  }
  return 0
}

async function list(client: Client, json: boolean): Promise<number> {
  const keys = await keysOf(client)
  if (json) console.log(JSON.stringify(keys, null, 2))
  else if (keys.length === 0) console.log('There is no API key.')
  else {
    const columns = ['Name', 'Begins with', 'May', 'Made', 'Good through', 'Last used'].map((title) => ({ title }))
    console.log(table(columns, keys.map(rowOf)))
  }
  return 0
}

function rowOf({ name, prefix, scopes, createdAt, expiresAt, lastUsedAt }: ApiKey): string[] {
  return [name, prefix, scopes.join(', '), createdAt.slice(0, 10), expiresAt?.slice(0, 10) ?? '', lastUsedAt?.slice(0, 10) ?? 'never']
}

async function revoke(client: Client, text: string): Promise<number> {
  const keys = await keysOf(client)
  const fits = keys.filter(({ id, name, prefix }) => id === text || name === text || (text.startsWith('pe_') && prefix.startsWith(text)))
  const [found, ...others] = fits
  if (!found) throw new CommandFailed(`There is no API key '${text}'. There are: ${keys.map(({ name }) => name).join(', ') || 'none'}.`)
  if (others.length > 0)
    throw new CommandFailed(`'${text}' may be any of: ${fits.map(({ name, id }) => `${name} (${id})`).join('; ')}. Give the id.`)
  dataOf(await client.POST('/api-keys/{keyId}/revoke', { params: { path: { keyId: found.id } }, body: {} }))
  console.log(`The key '${found.name}' is good for nothing any more.`)
  return 0
}

async function keysOf(client: Client): Promise<ApiKey[]> {
  const keys: ApiKey[] = []
  const ask = (cursor: string | undefined) =>
    client.GET('/api-keys', { params: { query: { limit: 1000, ...(cursor === undefined ? {} : { cursor }) } } })
  for await (const key of allPages(ask)) keys.push(key)
  return keys
}
