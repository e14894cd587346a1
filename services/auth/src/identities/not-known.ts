/** Why a credential is good for nothing: for the audit log alone, whoever gave it hears the same of all. */
export interface NotKnown {
  readonly why:
    | 'credential-malformed'
    | 'credential-unknown'
    | 'session-ended'
    | 'session-expired'
    | 'key-revoked'
    | 'key-expired'
    | 'person-disabled'
    | 'person-removed'
  /** Whose it was, where it was somebody's. */
  readonly organisationId?: string
  readonly userId?: string
}
