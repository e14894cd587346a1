import type { Permission } from './permissions.ts'

/** Who asks. Until auth lands there is one local owner of one organisation. */
export interface Actor {
  readonly organisationId: string
  readonly userId: string
  /** IANA zone in which this person's "today" is meant. */
  readonly timeZone: string
}

/** What travels with every call between gateway and services, in one process or over HTTP. */
export interface Call {
  readonly actor: Actor
  /** W3C trace id, 32 hex digits. */
  readonly traceId: string
  /** Why this write may change a closed period: whoever gives a reason claims the right to, and both are kept. Absent for everybody else. */
  readonly override?: string | undefined
  /** Aborts when the caller has gone or its deadline has passed. */
  readonly signal?: AbortSignal | undefined
  /** How whoever asks was known at the door: session, key, operator. Absent where nobody signed in, and for what the house does by itself. */
  readonly by?: Identity['by'] | undefined
  /** The session or key. */
  readonly credentialId?: string | undefined
  /** What this credential may do, which may be less than the person may. */
  readonly permissions?: readonly Permission[] | undefined
  /** A second credential, or the password again, was given in the last minutes. */
  readonly steppedUp?: boolean | undefined
  /** Where the request came from, as the door saw it. */
  readonly from?: { readonly address: string; readonly userAgent: string } | undefined
}

/** Somebody whose credentials were looked at: who it is, and what they may do. */
export interface Identity {
  readonly actor: Actor
  readonly permissions: readonly Permission[]
  readonly by: 'session' | 'api-key' | 'operator' | 'demo'
  /** The session or key, for the audit log and to be taken back. */
  readonly credentialId: string
  /** A person has given a second credential, or the password again, in the last minutes. */
  readonly steppedUp: boolean
}

/** The only person there is before sign-in exists. */
export const localOwner: Actor = {
  organisationId: '00000000-0000-7000-8000-000000000001',
  userId: '00000000-0000-7000-8000-000000000002',
  timeZone: 'UTC',
}
