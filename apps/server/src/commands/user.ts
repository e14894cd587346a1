import { parseArgs } from 'node:util'
import { type Role, roles } from '@pe/contracts/permissions.ts'
import type { Client, Schema } from '@pe/sdk/client.ts'
import { dataOf } from '@pe/sdk/problem-error.ts'
import { type Config, readConfig } from '../config.ts'
import { table } from '../terminal/table.ts'
import { allPages } from './all-pages.ts'
import { type Command, CommandFailed, WrongUsage } from './command.ts'
import { mailedLink } from './mailed-link.ts'
import { oneOf } from './one-of.ts'
import { withClient } from './with-client.ts'

type Member = Schema<'Member'>

export const userCommand: Command = {
  name: 'user',
  summary: 'the people of the organisation: list them, invite, change a role, disable, help with a forgotten password',
  usage: `Usage: pe user list [--json]
       pe user invite EMAIL --role ROLE
       pe user role EMAIL ROLE
       pe user disable EMAIL
       pe user enable EMAIL
       pe user reset-link EMAIL

  EMAIL       somebody's address, or their id
  ROLE        ${roles.join(', ')}
  invite      sends a link, good for a week, by which they choose a password
  role        holds everywhere within a minute; the last owner stays
  disable     ends their sessions, and their API keys are good for nothing; enable lets them sign in again
  reset-link  sends a link, good for an hour, that sets a new password
              Where no mail server is set up (PE_SMTP), links are printed: whoever has one gets in`,

  async run(args) {
    const act = userAct(args)
    const config = readConfig()
    return withClient((client) => act(client, config), config)
  },
}

type Act = (client: Client, config: Config) => Promise<number>

/** What was asked for. */
export function userAct(args: readonly string[]): Act {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { role: { type: 'string' }, json: { type: 'boolean' } },
  })
  const [verb, ...words] = positionals
  switch (verb) {
    case 'list':
      wordsOf(words, [])
      return (client) => list(client, values.json ?? false)
    case 'invite': {
      const [email = ''] = wordsOf(words, ['EMAIL'])
      const role = oneOf(roles, values.role, '--role')
      return (client, config) => invite(client, config, email, role)
    }
    case 'role': {
      const [email = '', role] = wordsOf(words, ['EMAIL', 'ROLE'])
      const change = { role: oneOf(roles, role, 'ROLE') }
      return (client) => changeMember(client, email, change)
    }
    case 'disable':
    case 'enable': {
      const [email = ''] = wordsOf(words, ['EMAIL'])
      return (client) => changeMember(client, email, { disabled: verb === 'disable' })
    }
    case 'reset-link': {
      const [email = ''] = wordsOf(words, ['EMAIL'])
      return (client, config) => resetLink(client, config, email)
    }
    default:
      throw new WrongUsage(verb ? `There is no 'pe user ${verb}'.` : 'What about users?')
  }
}

function wordsOf(words: readonly string[], names: readonly string[]): readonly string[] {
  const missing = names[words.length]
  if (missing) throw new WrongUsage(`${missing} is missing.`)
  if (words.length > names.length) throw new WrongUsage(`'${words[names.length]}' is too much.`)
  return words
}

async function list(client: Client, json: boolean): Promise<number> {
  const members = await membersOf(client)
  if (json) console.log(JSON.stringify(members, null, 2))
  else {
    const columns = ['Name', 'E-mail', 'Role', 'Second factor', 'Last seen', 'State'].map((title) => ({ title }))
    console.log(table(columns, members.map(rowOf)))
  }
  return 0
}

function rowOf({ name, email, role, secondFactor, lastSeenAt, disabledAt }: Member): string[] {
  return [name, email, role, secondFactor ? 'yes' : 'no', lastSeenAt?.slice(0, 10) ?? 'never', disabledAt ? 'disabled' : 'active']
}

async function invite(client: Client, config: Config, email: string, role: Role): Promise<number> {
  const since = Date.now()
  const { expiresAt } = dataOf(await client.POST('/organisation/invitations', { body: { email, role } }))
  const link = await mailedLink(config, email, '/invitation', since)
  tellLink(`${email} is invited as ${role}, until ${expiresAt.slice(0, 10)}.`, link)
  return 0
}

async function changeMember(client: Client, text: string, body: { role?: Role; disabled?: boolean }): Promise<number> {
  const { id } = await findMember(client, text)
  const member = dataOf(await client.PATCH('/organisation/people/{personId}', { params: { path: { personId: id } }, body }))
  console.log(`${member.name} (${member.email}) is ${member.role}${member.disabledAt ? ', and disabled' : ''}.`)
  return 0
}

async function resetLink(client: Client, config: Config, text: string): Promise<number> {
  const { email, disabledAt } = await findMember(client, text)
  if (disabledAt) throw new CommandFailed(`${email} is disabled: enable them first (pe user enable ${email}).`)
  const since = Date.now()
  dataOf(await client.POST('/password-resets', { body: { email } }))
  const link = await mailedLink(config, email, '/reset-password', since)
  tellLink(`A link that sets a new password within an hour goes to ${email}.`, link)
  return 0
}

/** The link alone on standard output, so that it can be passed on. */
function tellLink(sentence: string, link: string | undefined): void {
  console.error(link ? `${sentence} No mail server is set up: pass this link on yourself.` : `${sentence} It is on its way by mail.`)
  if (link) console.log(link)
}

async function membersOf(client: Client): Promise<Member[]> {
  const members: Member[] = []
  const ask = (cursor: string | undefined) =>
    client.GET('/organisation/people', { params: { query: { limit: 1000, ...(cursor === undefined ? {} : { cursor }) } } })
  for await (const member of allPages(ask)) members.push(member)
  return members
}

async function findMember(client: Client, text: string): Promise<Member> {
  const members = await membersOf(client)
  const found = members.find(({ id, email }) => id === text || email.toLowerCase() === text.toLowerCase())
  if (!found)
    throw new CommandFailed(`There is nobody with the address '${text}'. There are: ${members.map(({ email }) => email).join(', ')}.`)
  return found
}
