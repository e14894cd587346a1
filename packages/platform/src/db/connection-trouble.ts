/** SQLSTATE classes and codes, and Node's, that say "the database was not there", not "the statement was wrong". */
const gone = /^(08...|57P0[1-5]|53300|ECONN[A-Z]*|ENOENT|EPIPE|ETIMEDOUT)$/

export function isConnectionTrouble(trouble: unknown): boolean {
  if (!(trouble instanceof Error)) return false
  if ('code' in trouble && typeof trouble.code === 'string') return gone.test(trouble.code)
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(trouble.message)
}
