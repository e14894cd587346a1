import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBlock } from '@pe/gateway/door/address-blocks.ts'
import { readSettings } from '@pe/platform/config/read-settings.ts'
import { CannotStart } from '@pe/platform/postgres/cannot-start.ts'
import { defaultDataFolder } from '@pe/platform/postgres/data-folder.ts'
import { type Static, Type } from 'typebox'

/** Whoever lets other machines in without TLS says so. */
const inSoManyWords = 'yes-i-know-that-passwords-travel-in-the-clear'

/** Every setting there is. Nobody else reads the environment. */
export const Settings = Type.Object({
  PE_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080, description: 'a port number from 0 (any free one) to 65535' }),
  PE_DATA: Type.Optional(Type.String({ pattern: '^(/|~/|\\.|[A-Za-z]:)', description: 'the path of a folder' })),
  PE_LISTEN: Type.String({ pattern: '^[0-9a-fA-F:.]+$|^localhost$', default: '127.0.0.1', description: 'the address to listen at' }),
  PE_PUBLIC_URL: Type.Optional(
    Type.String({ pattern: '^https?://[^/\\s?#@]+/?$', description: 'where people reach the server, like https://pe.example.org' }),
  ),
  PE_TRUSTED_PROXIES: Type.Optional(Type.String({ description: 'addresses or blocks (CIDR) of proxies, with commas between them' })),
  PE_TLS_CERT: Type.Optional(Type.String({ description: 'the path of a certificate with its chain, PEM' })),
  PE_TLS_KEY: Type.Optional(Type.String({ description: 'the path of its private key, PEM' })),
  PE_INSECURE_HTTP: Type.Optional(Type.String({ pattern: `^${inSoManyWords}$`, description: `'${inSoManyWords}'` })),
  PE_OWNER_EMAIL: Type.Optional(Type.String({ pattern: '^[^\\s@]+@[^\\s@]+$', description: 'an e-mail address' })),
  PE_OWNER_PASSWORD: Type.Optional(Type.String({ description: 'the password of the first person', secret: true })),
  PE_ANCHORS: Type.Optional(Type.String({ pattern: '^(/|~/|\\.|[A-Za-z]:)', description: 'the path of a folder' })),
  PE_DATABASE: Type.String({
    pattern: '^(embedded|postgres(ql)?://.+)$',
    default: 'embedded',
    description: "'embedded' or postgres://user:password@host:port/database",
    secret: true,
  }),
  PE_BUS: Type.String({ pattern: '^local$', default: 'local', description: "'local' (others are not there yet)" }),
  PE_CACHE: Type.String({ pattern: '^local$', default: 'local', description: "'local' (others are not there yet)" }),
  PE_SERVICES: Type.String({ pattern: '^all$', default: 'all', description: "'all' (services cannot run apart yet)" }),
  PE_LOG_LEVEL: Type.Optional(
    Type.String({ pattern: '^(debug|info|warn|error|silent)$', description: "'debug', 'info', 'warn', 'error' or 'silent'" }),
  ),
  PE_SMTP: Type.Optional(
    Type.String({ pattern: '^smtps?://.+', description: 'smtp://user:password@host:port, or smtps:// for TLS', secret: true }),
  ),
  PE_MAIL_FROM: Type.String({ pattern: '^[^\\s@]+@[^\\s@]+$', default: 'portfolioengine@localhost', description: 'an e-mail address' }),
})

/** Read by the tests and by the starter. */
const elsewhere = ['PE_BROWSER', 'PE_REQUIRE_SHARED', 'PE_REEXEC']

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface Config {
  /** 0 takes any free one. */
  readonly port: number
  readonly dataFolder: string
  /** The second place, where the ends of the hash chains are noted; a folder within the data folder when absent. */
  readonly anchorFolder?: string | undefined
  /** For sockets; the temp folder when absent. */
  readonly runtimeFolder?: string | undefined
  /** 'embedded', or the URL of a PostgreSQL of the operator's. */
  readonly database: string
  readonly logLevel: LogLevel
  /** Log lines for a person at a terminal instead of JSON. */
  readonly readableLog: boolean
  readonly mail: { readonly smtp?: string | undefined; readonly from: string }
  /** Who gets in; this machine alone, over plain HTTP, when absent. */
  readonly entrance?: Entrance | undefined
  /** The first person of a start that nobody watches. */
  readonly owner?: { readonly email: string; readonly password: string } | undefined
  /** The built web app, when there is one. */
  readonly webFolder?: string | undefined
  readonly demo?: boolean
}

export interface Entrance {
  /** '127.0.0.1' */
  readonly address: string
  /** 'https://pe.example.org' */
  readonly publicUrl?: string | undefined
  readonly trustedProxies: readonly string[]
  /** Paths of PEM files. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
  readonly insecure: boolean
}

const builtWeb = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** The second place, beside the database at least. */
export function anchorFolderOf({ anchorFolder, dataFolder }: Config): string {
  return anchorFolder ?? join(dataFolder, 'anchors')
}

/** The settings of this start. Throws a CannotStart that names the setting which is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, terminal: boolean = process.stdout.isTTY): Config {
  const settings = readSettings(Settings, { given: environment, prefix: 'PE_', elsewhere })
  const home = environment.HOME ?? ''
  // Whoever looks at our environment, or is started with a copy of it, learns no password.
  for (const name of ['PE_OWNER_EMAIL', 'PE_OWNER_PASSWORD']) delete environment[name]
  return {
    port: settings.PE_PORT,
    entrance: entranceOf(settings),
    owner: ownerOf(settings),
    dataFolder: settings.PE_DATA?.replace(/^~(?=\/)/, home) ?? defaultDataFolder({ xdgDataHome: environment.XDG_DATA_HOME }),
    anchorFolder: settings.PE_ANCHORS?.replace(/^~(?=\/)/, home),
    runtimeFolder: environment.XDG_RUNTIME_DIR || undefined,
    database: settings.PE_DATABASE,
    // A person at a terminal wants to hear of trouble; a machine that collects lines wants all of them.
    logLevel: (settings.PE_LOG_LEVEL ?? (terminal ? 'warn' : 'info')) as LogLevel,
    readableLog: terminal,
    mail: { smtp: settings.PE_SMTP, from: settings.PE_MAIL_FROM },
    webFolder: existsSync(builtWeb) ? builtWeb : undefined,
  }
}

function entranceOf(settings: Static<typeof Settings>): Entrance {
  const { PE_LISTEN: address, PE_TLS_CERT: cert, PE_TLS_KEY: key } = settings
  if ((cert === undefined) !== (key === undefined)) throw new CannotStart('PE_TLS_CERT and PE_TLS_KEY go together: one of them is missing.')
  const trustedProxies = (settings.PE_TRUSTED_PROXIES ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  const wrong = trustedProxies.find((one) => !isBlock(one))
  if (wrong !== undefined) throw new CannotStart(`PE_TRUSTED_PROXIES must be addresses or blocks like 10.0.0.0/8, not '${wrong}'.`)
  const tls = cert && key ? { cert, key } : undefined
  const insecure = settings.PE_INSECURE_HTTP !== undefined
  if (!ownMachine.test(address) && !tls && trustedProxies.length === 0 && !insecure) {
    throw new CannotStart(
      `PE_LISTEN=${address} lets other machines in, and without TLS passwords could be read on the way. Give PE_TLS_CERT and PE_TLS_KEY, ` +
        `name the proxies that speak TLS for it in PE_TRUSTED_PROXIES, or set PE_INSECURE_HTTP=${inSoManyWords}.`,
    )
  }
  return { address, publicUrl: settings.PE_PUBLIC_URL?.replace(/\/$/, ''), trustedProxies, tls, insecure }
}

const ownMachine = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/

function ownerOf({ PE_OWNER_EMAIL: email, PE_OWNER_PASSWORD: password }: Static<typeof Settings>): Config['owner'] {
  if ((email === undefined) !== (password === undefined))
    throw new CannotStart('PE_OWNER_EMAIL and PE_OWNER_PASSWORD go together: one of them is missing.')
  return email !== undefined && password !== undefined ? { email, password } : undefined
}
