import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import { answer } from '@pe/platform/http/http-server.ts'
import { Refused } from '@pe/platform/http/refused.ts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { allowPage } from './security-headers.ts'

/** Stands in index.html where the nonce of the response goes. */
const nonceMark = '__CSP_NONCE__'

/**
 * The built web app. Files with a hash in their name stay in caches for a year; the page itself is made anew each time. Every
 * path that is neither a file nor the API's is a view of the app, so it answers with the page.
 */
export async function addWebFiles(server: FastifyInstance, folder: string | undefined): Promise<void> {
  const files = folder ? filesIn(folder) : new Set<string>()
  if (!folder || !files.has('/index.html')) {
    server.get('/', async (request, reply) =>
      answer(new Refused('not_found', 'the web app is not built; the API is at /api/docs'), request, reply),
    )
    return
  }
  const page = readFileSync(join(folder, 'index.html'), 'utf8').split(nonceMark)
  await server.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.includes(`${sep}assets${sep}`)
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=0, s-maxage=300')
    },
  })
  server.get('/*', { compress: false }, async (request, reply) => {
    const path = pathOf(request.url)
    if (path === undefined || path.startsWith('/api') || path.startsWith('/health')) return reply.callNotFound()
    if (files.has(path) && path !== '/index.html') return reply.sendFile(path)
    // A missing script must not be answered with a page.
    if (path.startsWith('/assets/') || /\.\w{1,8}$/.test(path.replace('/index.html', ''))) return reply.callNotFound()
    return sendPage(reply, page)
  })
}

function sendPage(reply: FastifyReply, page: readonly string[]): FastifyReply {
  const nonce = allowPage(reply)
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page.join(nonce))
}

function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?', 1)[0] ?? '/')
  } catch {
    return undefined
  }
}

function filesIn(folder: string): Set<string> {
  try {
    return new Set(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath.slice(folder.length)}/${entry.name}`.replaceAll(sep, '/')),
    )
  } catch {
    return new Set()
  }
}
