/** One line of the log: an action plus data, never amounts, names or tokens. */
export interface LogEvent {
  /** 'portfolio.create', 'server.start' */
  readonly action: string
  readonly status: 'success' | 'failure' | 'refused' | 'started'
  readonly durationMs?: number
  readonly userId?: string
  readonly traceId?: string
  /** Further fields, written beside the fixed eight. */
  readonly [field: string]: unknown
}

/** The logger that is handed down. Lines have the shape of the owner's document: timestamp, level, service, trace_id, user_id, action, duration_ms, status. */
export interface Log {
  info(event: LogEvent): void
  warn(event: LogEvent): void
  error(event: LogEvent, trouble?: unknown): void
  debug(event: LogEvent): void
  /** The same logger for another service. */
  of(service: string): Log
}
