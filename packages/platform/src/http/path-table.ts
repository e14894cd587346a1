import type { FastifyInstance } from 'fastify'

/** Which methods a path answers to, so that a wrong method can be told from an unknown path. Call it before routes are added. */
export function pathTable(server: FastifyInstance): (path: string) => string[] {
  const entries: { pattern: RegExp; method: string }[] = []
  server.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const pattern = new RegExp(`^${url.replaceAll(/[.+?^$()[\]{}|\\]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+')}$`)
    for (const one of Array.isArray(method) ? method : [method]) entries.push({ pattern, method: one })
  })
  return (path) => [...new Set(entries.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort()
}
