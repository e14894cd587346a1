const fixed = new Set(['timestamp', 'level', 'service', 'trace_id', 'user_id', 'action', 'duration_ms', 'status', 'error'])

/** A JSON line of the log for a person at a terminal: '16:41:18 INFO  core.createAccount success 12 ms  http_status=201'. */
export function readableLine(line: string): string {
  const event = JSON.parse(line) as Record<string, unknown>
  const more = Object.entries(event)
    .filter(([name]) => !fixed.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const time = String(event.timestamp).slice(11, 19)
  const level = String(event.level).padEnd(5)
  const duration = event.duration_ms ? ` ${event.duration_ms} ms` : ''
  const error = event.error ? `\n${event.error}` : ''
  return `${time} ${level} ${event.service} ${event.action} ${event.status}${duration}${more.length > 0 ? `  ${more.join(' ')}` : ''}${error}\n`
}
