import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

/** Brotli or gzip for texts above 1 KB. Bodies that come in are never inflated: a small request must not become a large one. */
export async function compressReplies(server: FastifyInstance): Promise<void> {
  await server.register(compress, {
    globalDecompression: false,
    threshold: 1024,
    encodings: ['br', 'gzip'],
    customTypes: /^(text\/|application\/(json|problem\+json|javascript)|image\/svg)/,
    // Quality 4 takes a tenth of the time of the default and leaves about a tenth more bytes.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })
}
