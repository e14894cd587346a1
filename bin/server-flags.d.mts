/** Options of the runtime for a server. */
export function serverFlags(processors?: number): string[]
