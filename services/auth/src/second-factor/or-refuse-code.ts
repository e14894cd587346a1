import type { WriteTx } from '@pe/platform/db/database.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { AuthDeps } from '../auth-deps.ts'
import { queueNotice } from '../mail/notices.ts'
import { lockAuthenticator, useStep } from '../store/authenticators.ts'
import type { AuthTables } from '../store/tables.ts'
import { spendCode } from './recovery-codes.ts'
import { stepOfCode } from './totp.ts'

const sixDigits = /^\d{6}$/

/** Takes a code of the person's authenticator, or a recovery code, which are good once; refuses any other. */
export async function orRefuseCode(auth: AuthDeps, tx: WriteTx<AuthTables>, personId: string, code: string): Promise<void> {
  if (!(await isGood(auth, tx, personId, code))) throw wrongCode()
}

export function wrongCode(): Refused {
  return new Refused('wrong_credentials', 'this code is wrong, or was used before')
}

async function isGood(auth: AuthDeps, tx: WriteTx<AuthTables>, personId: string, code: string): Promise<boolean> {
  const now = auth.clock.now()
  const authenticator = await lockAuthenticator(tx.sql, auth.keys, personId, 'in-use')
  if (!authenticator) return false
  if (sixDigits.test(code)) {
    const step = stepOfCode(authenticator.seed, code, now)
    return step !== null && (await useStep(tx.sql, authenticator.id, step))
  }
  if (!(await spendCode(tx.sql, auth.keys, personId, code, now))) return false
  await queueNotice(auth, tx, { notice: 'recovery-code-used', personId, at: now })
  return true
}
