import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSettings } from '@pe/platform/config/read-settings.ts'
import { defaultDataFolder } from '@pe/platform/postgres/data-folder.ts'
import { Type } from 'typebox'

/** Every setting there is. Nobody else reads the environment. */
export const Settings = Type.Object({
  PE_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080, description: 'a port number from 0 (any free one) to 65535' }),
  PE_DATA: Type.Optional(Type.String({ pattern: '^(/|~/|\\.|[A-Za-z]:)', description: 'the path of a folder' })),
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
  /** The built web app, when there is one. */
  readonly webFolder?: string | undefined
  readonly demo?: boolean
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
  return {
    port: settings.PE_PORT,
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
