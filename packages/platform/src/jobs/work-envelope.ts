/** A job as it is stored: for whom, in which trace, and what. */
export interface WorkEnvelope {
  readonly organisationId: string
  readonly userId: string
  readonly timeZone: string
  readonly traceId: string
  readonly payload: Record<string, unknown>
}

export function readEnvelope(stored: unknown): WorkEnvelope {
  if (!isRecord(stored) || !isRecord(stored.payload)) throw new Error('a job without its envelope')
  const { organisationId, userId, timeZone, traceId, payload } = stored
  return { organisationId: String(organisationId), userId: String(userId), timeZone: String(timeZone), traceId: String(traceId), payload }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
