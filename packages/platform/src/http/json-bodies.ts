import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { Refused } from './refused.ts'
import { orRefuseUnstorable } from './storable-text.ts'

/**
 * Reads JSON bodies, and refuses those whose texts could not be stored as they were sent. In UTF-8 that is valid only an escape can bring NUL or
 * half of a surrogate pair: so the text is searched for one, and only a body that has it is walked for the path. A body of ten thousand rows
 * costs a fraction of a millisecond.
 */
export function readJsonBodies(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isUtf8(body)) return done(new Refused('bad_request', 'the body is not valid UTF-8'))
    const text = body.toString()
    parse(request, text, (error, value: unknown) => {
      if (error || !body.includes(anyEscape) || !suspect.test(text)) return done(error, value)
      try {
        orRefuseUnstorable(value, 'body')
      } catch (refused) {
        return done(refused as Error)
      }
      done(null, value)
    })
  })
}

const anyEscape = '\\u'
/** An escape of NUL or of any surrogate: also of those that come in pairs, as some write every character beyond ASCII. */
const suspect = /\\u(?:0000|d[89a-f])/i
