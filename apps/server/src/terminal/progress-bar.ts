const width = 30

/** A bar on standard error while something long goes on; nothing where nobody watches. */
export function progressBar(title: string): { show(done: number, of: number): void; end(): void } {
  const { stderr } = process
  if (!stderr.isTTY) return { show() {}, end() {} }
  return {
    show(done, of) {
      const share = of > 0 ? Math.min(1, done / of) : 1
      const full = Math.round(share * width)
      stderr.write(`\r${title} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.round(share * 100)} %`)
    },
    end: () => void stderr.write('\r\u001b[K'),
  }
}
