import { analyticsRoutes } from './analytics.ts'
import { authRoutes } from './auth.ts'
import { coreRoutes } from './core.ts'
import { integrationRoutes } from './integration.ts'
import { marketRoutes } from './market.ts'
import type { Routes } from './route.ts'
import { systemRoutes } from './system.ts'

/** Every service's table, under the name of the service that answers it. */
export const allRoutes: Readonly<Record<string, Routes>> = {
  system: systemRoutes,
  auth: authRoutes,
  core: coreRoutes,
  market: marketRoutes,
  analytics: analyticsRoutes,
  integration: integrationRoutes,
}
