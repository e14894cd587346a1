/** What became of one line of a case. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly detail: string }
  /** Capabilities (SHAPES.md "Needs") or subjects that we do not have yet. */
  | { readonly kind: 'waiting'; readonly needs: readonly string[] }

export const passed: Verdict = { kind: 'passed' }

export function failed(detail: string): Verdict {
  return { kind: 'failed', detail }
}

export function waitingFor(needs: readonly string[]): Verdict {
  return { kind: 'waiting', needs }
}
