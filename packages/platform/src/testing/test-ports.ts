import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Cache } from '../cache/cache.ts'
import type { ObjectStorage } from '../files/object-storage.ts'
import { Refused } from '../http/refused.ts'
import { keysFrom } from '../keys/key-file.ts'
import type { Keys } from '../keys/keys.ts'
import type { Log, LogEvent } from '../log/log.ts'
import type { Mail } from '../mail/mail.ts'
import type { Metrics } from '../metrics/metrics.ts'

/** A cache that forgets nothing before `delete`. */
export function testCache(): Cache {
  const values = new Map<string, string>()
  return {
    async get<V>(key: string) {
      const found = values.get(key)
      return found === undefined ? undefined : (JSON.parse(found) as V)
    },
    async set(key, value) {
      values.set(key, JSON.stringify(value))
    },
    async delete(key) {
      values.delete(key)
    },
  }
}

/** The same keys in every run. */
export function testKeys(): Keys {
  return keysFrom(Buffer.alloc(32, 7))
}

/** Files in memory. */
export function testFiles(): ObjectStorage {
  const files = new Map<string, Buffer>()
  return {
    async put(key, content, options) {
      const whole = await buffer(content)
      if (options?.maxBytes !== undefined && whole.length > options.maxBytes)
        throw new Refused('body_too_large', `more than ${options.maxBytes} bytes`)
      files.set(key, whole)
      return { size: whole.length }
    },
    async get(key) {
      const found = files.get(key)
      if (!found) throw new Error(`no file ${key}`)
      return Readable.from([found])
    },
    async delete(key) {
      files.delete(key)
    },
  }
}

export interface TestMail extends Mail {
  readonly sent: { to: string; subject: string; text: string }[]
}

export function testMail(): TestMail {
  const sent: TestMail['sent'] = []
  return {
    sent,
    async send(message) {
      sent.push(message)
    },
  }
}

export interface TestLog extends Log {
  /** What was written, all services together. */
  readonly lines: (LogEvent & { level: string; service: string; trouble?: unknown })[]
}

export function testLog(service = 'test', lines: TestLog['lines'] = []): TestLog {
  const write = (level: string) => (event: LogEvent, trouble?: unknown) => {
    lines.push({ ...event, level, service, ...(trouble === undefined ? {} : { trouble }) })
  }
  return {
    lines,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    debug: write('debug'),
    of: (name) => testLog(name, lines),
  }
}

export interface TestMetrics extends Metrics {
  /** Sums of counts, last values of gauges, all observations; by name and labels. */
  readonly values: Map<string, number[]>
}

export function testMetrics(): TestMetrics {
  const values = new Map<string, number[]>()
  const at = (name: string, labels: Record<string, string> = {}) => {
    const key = [name, ...Object.entries(labels).map(([label, value]) => `${label}=${value}`)].join(' ')
    const list = values.get(key) ?? []
    values.set(key, list)
    return list
  }
  return {
    values,
    count(name, labels, by = 1) {
      const list = at(name, labels)
      list[0] = (list[0] ?? 0) + by
    },
    observe: (name, value, labels) => void at(name, labels).push(value),
    gauge(name, value, labels) {
      at(name, labels)[0] = value
    },
    expose: async () => [...values].map(([name, list]) => `${name} ${list.at(-1)}`).join('\n'),
  }
}
