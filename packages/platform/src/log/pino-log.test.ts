import { describe, expect, it } from 'vitest'
import { pinoLog } from './pino-log.ts'

function recorded(readable = false) {
  const lines: string[] = []
  const log = pinoLog({ level: 'debug', readable, write: (line) => lines.push(line), now: () => new Date('2026-02-27T10:30:00Z') })
  return { lines, log }
}

describe('a line of the log', () => {
  it('has exactly the eight fields first, in their order', () => {
    const { lines, log } = recorded()
    log
      .of('portfolio-service')
      .info({ action: 'portfolio.create', status: 'success', durationMs: 150, traceId: 'abc123', userId: 'user_456', http_status: 201 })
    expect(lines).toEqual([
      '{"timestamp":"2026-02-27T10:30:00.000Z","level":"INFO","service":"portfolio-service","trace_id":"abc123","user_id":"user_456",' +
        '"action":"portfolio.create","duration_ms":150,"status":"success","http_status":201}\n',
    ])
  })

  it('keeps the eight when an event lacks some', () => {
    const { lines, log } = recorded()
    log.warn({ action: 'cache.full', status: 'refused' })
    expect(Object.keys(JSON.parse(lines[0] ?? '') as object)).toEqual([
      'timestamp',
      'level',
      'service',
      'trace_id',
      'user_id',
      'action',
      'duration_ms',
      'status',
    ])
  })

  it('writes no secrets, at any of three depths', () => {
    const { lines, log } = recorded()
    log.error({ action: 'a', status: 'failure', password: 'p1', headers: { authorization: 'p2', cookie: 'p3' }, a: { b: { token: 'p4' } } })
    expect(lines[0]).not.toMatch(/p[1-4]/)
    expect(lines[0]).toContain('[redacted]')
  })

  it('says what went wrong and what caused it, without what drivers hang onto errors', () => {
    const { lines, log } = recorded()
    const cause = Object.assign(new Error('duplicate key'), { parameters: ['DE89370400440532013000'] })
    log.error({ action: 'a', status: 'failure' }, new Error('cannot save', { cause }))
    expect(lines[0]).toMatch(/cannot save.*caused by Error: duplicate key/)
    expect(lines[0]).not.toContain('DE89')
  })

  it('cannot be split by what a caller sends', () => {
    const { lines, log } = recorded()
    log.info({ action: 'a', status: 'success', route: 'x\n{"level":"ERROR"}' })
    expect(lines).toHaveLength(1)
    expect(lines[0]?.trimEnd()).not.toContain('\n')
  })

  it('is readable on a terminal', () => {
    const { lines, log } = recorded(true)
    log.of('core').info({ action: 'core.createAccount', status: 'success', durationMs: 12, http_status: 201 })
    expect(lines).toEqual(['10:30:00 INFO  core core.createAccount success 12 ms  http_status=201\n'])
  })
})
