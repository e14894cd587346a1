import type { Tag } from './api.ts'

/** Which answers each fact makes stale. */
const staleBy: Readonly<Record<string, readonly Tag[]>> = {
  'transaction-recorded': ['Transaction', 'Account', 'Portfolio'],
  'account-changed': ['Account'],
  'portfolio-changed': ['Portfolio', 'Figures'],
  'taxonomy-changed': ['Taxonomy'],
  'closes-recorded': ['Close', 'Instrument', 'Figures'],
  'rates-recorded': ['Close', 'Figures'],
  'instrument-changed': ['Instrument', 'Figures'],
  'valuation-changed': ['Figures', 'Portfolio'],
  'import-committed': ['Import', 'Transaction', 'Account', 'Portfolio', 'Instrument', 'Figures', 'Taxonomy'],
  'import-undone': ['Import', 'Transaction', 'Account', 'Portfolio', 'Instrument', 'Figures', 'Taxonomy'],
}

/** Facts come in bursts; answers are fetched again once per burst. */
const settle = 250
const firstWait = 500
const longestWait = 30_000

export interface StreamOptions {
  readonly url: string
  readonly onStale: (tags: readonly Tag[]) => void
  readonly chance: () => number
  readonly open?: (url: string) => WebSocket
}

/** Listens to what happens on the server, connects again after a break with growing waits and jitter. Answers how to stop. */
export function followStream({ url, onStale, chance, open = (address) => new WebSocket(address) }: StreamOptions): () => void {
  let socket: WebSocket | null = null
  let attempts = 0
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let flush: ReturnType<typeof setTimeout> | undefined
  const pending = new Set<Tag>()

  const stale = (tags: readonly Tag[]) => {
    for (const tag of tags) pending.add(tag)
    flush ??= setTimeout(() => {
      flush = undefined
      const all = [...pending]
      pending.clear()
      onStale(all)
    }, settle)
  }
  const connect = () => {
    socket = open(url)
    socket.onopen = () => {
      // What was missed while the line was down is unknown: everything that may have changed is fetched again.
      if (attempts > 0) stale(['Figures', 'Transaction', 'Portfolio', 'Account', 'Import', 'Taxonomy'])
      attempts = 0
    }
    socket.onmessage = ({ data }) => stale(staleBy[factName(data)] ?? [])
    socket.onclose = () => {
      if (stopped) return
      attempts += 1
      const wait = Math.min(longestWait, firstWait * 2 ** Math.min(attempts, 8))
      timer = setTimeout(connect, wait * (0.5 + chance() / 2))
    }
  }
  connect()
  return () => {
    stopped = true
    clearTimeout(timer)
    clearTimeout(flush)
    socket?.close()
  }
}

/** A message is a fact with its name as `type`; anything else is ignored. */
function factName(data: unknown): string {
  if (typeof data !== 'string') return ''
  try {
    const message: unknown = JSON.parse(data)
    if (typeof message !== 'object' || message === null) return ''
    return 'type' in message && typeof message.type === 'string' ? message.type : ''
  } catch {
    return ''
  }
}
