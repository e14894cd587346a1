import type { LogEvent } from './log.ts'

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'

/** The fixed eight first and in this order (timestamp is written before them), then whatever else the event brings. */
export function logLine(level: Level, service: string, event: LogEvent, trouble?: unknown): Record<string, unknown> {
  const { action, status, durationMs, userId, traceId, ...more } = event
  return {
    level,
    service,
    trace_id: traceId ?? '',
    user_id: userId ?? '',
    action,
    duration_ms: durationMs ?? 0,
    status,
    ...more,
    ...(trouble === undefined ? {} : { error: errorText(trouble) }),
  }
}

/** Kind, message and stack of what went wrong, its causes included; details that drivers hang onto errors (bind values) stay out. */
function errorText(trouble: unknown): string {
  if (!(trouble instanceof Error)) return String(trouble)
  const own = trouble.stack ?? `${trouble.name}: ${trouble.message}`
  return trouble.cause === undefined ? own : `${own}\ncaused by ${errorText(trouble.cause)}`
}
