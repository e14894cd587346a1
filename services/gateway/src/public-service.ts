import type { Client, Routes } from '@pe/contracts/route.ts'
import { type MountOptions, mount } from '@pe/platform/http/mount.ts'
import type { FastifyInstance } from 'fastify'

/** A service with something to offer to the outside. */
export interface PublicService {
  readonly name: string
  mountOn(server: FastifyInstance, options: Omit<MountOptions, 'service' | 'internal'>): void
}

/** Binds a table of routes and its client together, so that a list may hold services of different tables. */
export function publicService<T extends Routes>(name: string, routes: T, client: Client<T>): PublicService {
  return { name, mountOn: (server, options) => mount(server, routes, client, { ...options, service: name }) }
}
