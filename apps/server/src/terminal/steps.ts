export interface Steps {
  /** Ends the step before and begins another. */
  begin(title: string): void
  end(): void
}

const width = 34

/** One line a step on standard error: what is done, and how long it took. */
export function showSteps({ onlyTerminal = false }: { onlyTerminal?: boolean } = {}): Steps {
  const { stderr } = process
  const shown = stderr.isTTY || !onlyTerminal
  let current: { title: string; started: number } | undefined
  const end = () => {
    if (!current || !shown) return
    const seconds = ((performance.now() - current.started) / 1000).toFixed(1)
    stderr.write(`${stderr.isTTY ? '\r' : ''}✓ ${current.title.padEnd(width)} ${seconds} s\n`)
    current = undefined
  }
  return {
    begin(title) {
      end()
      current = { title, started: performance.now() }
      if (stderr.isTTY) stderr.write(`· ${title}`)
    },
    end,
  }
}
