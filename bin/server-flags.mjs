import { availableParallelism } from 'node:os'

/** What the optimising compiler takes on there is compiled in the time of a request: only what has run four times as often as usual. */
const onFewProcessors = ['--no-concurrent-recompilation', '--invocation-count-for-osr=2000', '--invocation-count-for-turbofan=12000']

/**
 * Options of the runtime for a server (docs/decisions/0021-runtime-options.md): room for what a request makes, so that it is not copied
 * while it is still in use; a heap that is collected when it has grown by two fifths; and where there are two processors or fewer no threads for the
 * optimising compiler, which would take the time of the request that they compile for, and PostgreSQL's.
 */
export function serverFlags(processors = availableParallelism()) {
  return ['--min-semi-space-size=16', '--heap-growing-percent=40', ...(processors <= 2 ? onFewProcessors : [])]
}
