/** A write that is sent twice is carried out once. */
export const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })

/** The same, of the version that was seen. */
export const seen = (version: number) => ({ ...once(), 'If-Match': `"${version}"` })
