/** Counters and timings for Prometheus; names end in their unit, labels are few and never ids. */
export interface Metrics {
  count(name: string, labels?: Record<string, string>, by?: number): void
  observe(name: string, value: number, labels?: Record<string, string>): void
  gauge(name: string, value: number, labels?: Record<string, string>): void
  /** The exposition text. */
  expose(): Promise<string>
}
