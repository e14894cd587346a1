import type { Schema } from '@pe/sdk/client.ts'

/** Somebody who owns the organisation of the sample book, and whom they share it with. */
export const me: Schema<'Me'> = {
  id: '01a00000-0000-7000-8000-000000000050',
  email: 'clara@brandt.example',
  emailVerified: true,
  name: 'Clara Brandt',
  timeZone: 'Europe/Berlin',
  role: 'owner',
  permissions: ['book.read', 'book.write', 'market.read', 'organisation.read', 'organisation.write', 'people.write', 'keys.write'],
  organisation: { id: '01a00000-0000-7000-8000-000000000051', name: 'Brandt' },
  secondFactor: false,
  recoveryCodesLeft: 0,
}

export const organisation: Schema<'Organisation'> = { id: me.organisation.id, name: 'Brandt', allowedAddresses: [], version: 3 }

const { id, name, email, role } = me
export const people: readonly Schema<'Member'>[] = [
  { id, name, email, role, joinedAt: '2026-03-01T10:00:00Z', lastSeenAt: '2026-11-20T10:00:00Z', secondFactor: false, disabledAt: null },
  {
    ...{ id: '01a00000-0000-7000-8000-000000000052', name: 'Amir Karimi', email: 'amir@brandt.example', role: 'analyst' },
    ...{ joinedAt: '2026-03-02T10:00:00Z', lastSeenAt: null, secondFactor: true, disabledAt: null },
  },
]

export const sessions: readonly Schema<'Session'>[] = (['Firefox on Linux', 'Safari on iPhone'] as const).map((device, at) => ({
  ...{ id: `01a00000-0000-7000-8000-00000000006${at}`, device, current: at === 0, address: '192.0.2.14' },
  ...{ openedAt: '2026-11-01T10:00:00Z', lastSeenAt: '2026-11-20T10:00:00Z', expiresAt: '2026-12-01T10:00:00Z' },
}))

/** As the server refuses. */
export const refused = (status: number, code: string): Schema<'Problem'> => ({
  ...{ type: `urn:portfolioengine:problem:${code}`, title: code, status, code },
})
