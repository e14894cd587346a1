import { type Static, Type } from 'typebox'
import { Facts } from './scalars.ts'

/** RFC 9457 problem details: every error of the API has this shape; no stack trace and no SQL ever stands in it. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'URI of the kind of problem: urn:portfolioengine:problem:<code>' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'One of contracts/refusals.ts' }),
    detail: Type.Optional(Type.String({ description: 'For a person to read' })),
    facts: Type.Optional(Facts),
    instance: Type.Optional(Type.String()),
    requestId: Type.Optional(Type.String()),
    /** Field errors of a request, or rows of a batch. */
    errors: Type.Optional(
      Type.Array(
        Type.Object({ path: Type.String(), code: Type.Optional(Type.String()), detail: Type.String(), facts: Type.Optional(Facts) }),
      ),
    ),
  },
  { title: 'Problem' },
)
export type Problem = Static<typeof Problem>
