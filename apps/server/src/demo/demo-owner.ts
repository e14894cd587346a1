import type { Actor } from '@pe/contracts/actor.ts'

/** Whose the demo is: an organisation of its own, since it stands open to everybody at this machine, as nobody's real book may. */
export const demoOwner: Actor = {
  organisationId: 'de300000-0000-7000-8000-0000000000a1',
  userId: 'de300000-0000-7000-8000-0000000000a2',
  timeZone: 'UTC',
}
