import { type Logger, pino } from 'pino'
import type { Log, LogEvent } from './log.ts'
import { type Level, logLine } from './log-line.ts'
import { readableLine } from './readable-line.ts'

export interface PinoLogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** One readable line an event, for a terminal, instead of JSON. */
  readonly readable?: boolean
  /** Where lines go; standard output when absent. */
  readonly write?: (line: string) => void
  readonly now?: () => Date
}

/** Never written, whatever an event brings along. */
const secrets = ['authorization', 'cookie', 'set-cookie', 'password', 'passphrase', 'secret', 'token', 'totp', 'apiKey', 'idempotencyKey']

/** The logger of the house over pino: JSON lines in the shape of log.ts. */
export function pinoLog({ level, readable = false, write, now = () => new Date() }: PinoLogOptions): Log {
  const sink = write ?? ((line: string) => void process.stdout.write(line))
  const logger = pino(
    {
      level,
      base: null,
      // pino writes the level first; an empty level part and a timestamp without its comma put the timestamp there.
      formatters: { level: () => ({}) },
      timestamp: () => `"timestamp":${JSON.stringify(now().toISOString())}`,
      redact: { paths: secrets.flatMap((name) => [quoted(name), `*${quoted(name)}`, `*.*${quoted(name)}`]), censor: '[redacted]' },
    },
    { write: readable ? (line: string) => sink(readableLine(line)) : sink },
  )
  return new PinoLog(logger, 'server')
}

function quoted(name: string): string {
  return `["${name}"]`
}

class PinoLog implements Log {
  readonly #logger: Logger
  readonly #service: string

  constructor(logger: Logger, service: string) {
    this.#logger = logger
    this.#service = service
  }

  info(event: LogEvent): void {
    this.#logger.info(this.#line('INFO', event))
  }

  warn(event: LogEvent): void {
    this.#logger.warn(this.#line('WARN', event))
  }

  error(event: LogEvent, trouble?: unknown): void {
    this.#logger.error(this.#line('ERROR', event, trouble))
  }

  debug(event: LogEvent): void {
    this.#logger.debug(this.#line('DEBUG', event))
  }

  of(service: string): Log {
    return new PinoLog(this.#logger, service)
  }

  #line(level: Level, event: LogEvent, trouble?: unknown): Record<string, unknown> {
    return logLine(level, this.#service, event, trouble)
  }
}
