import { Type } from 'typebox'
import { routes } from './route.ts'
import { PlainDate } from './scalars.ts'

/** What the gateway answers itself. */
export const systemRoutes = routes({
  about: {
    method: 'GET',
    path: '/about',
    permission: 'public',
    summary: 'Version, today’s date and whether this is the demo',
    reply: Type.Object(
      { name: Type.String(), version: Type.String(), today: PlainDate, demo: Type.Boolean() },
      { title: 'About', additionalProperties: false },
    ),
  },
})
export type SystemRoutes = typeof systemRoutes
