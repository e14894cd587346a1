import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { allowDocs } from './security-headers.ts'

export interface ApiDocs {
  readonly documentUrl: string
  readonly document: unknown
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>PortfolioEngine API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`

/** The viewer's files, as they lie in the package. */
const viewerFiles = { 'swagger-ui.css': 'text/css; charset=utf-8', 'swagger-ui-bundle.js': 'text/javascript; charset=utf-8' }

/** The OpenAPI document, and a page to browse and try it. */
export async function addApiDocs(server: FastifyInstance, { documentUrl, document }: ApiDocs): Promise<void> {
  const text = JSON.stringify(document)
  const start = `SwaggerUIBundle({ url: ${JSON.stringify(documentUrl)}, dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null })\n`
  server.get(documentUrl, async (_, reply) =>
    reply.header('cache-control', 'public, max-age=60').type('application/json; charset=utf-8').send(text),
  )
  server.get('/api/docs', async (_, reply) => {
    allowDocs(reply)
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
  })
  server.get('/api/docs/start.js', async (_, reply) => reply.type('text/javascript; charset=utf-8').send(start))
  for (const [name, type] of Object.entries(viewerFiles)) {
    const path = fileURLToPath(new URL(`static/${name}`, import.meta.resolve('@fastify/swagger-ui')))
    server.get(`/api/docs/${name}`, async (_, reply) =>
      reply
        .header('cache-control', 'public, max-age=86400')
        .type(type)
        .send(await readFile(path)),
    )
  }
}
