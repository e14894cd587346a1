import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from './metrics.ts'

/** Seconds. 2 and 2.5 are among them, so that "p95 above 2 s" is measured rather than interpolated between 1 and 5. */
const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10]

export interface PromMetricsOptions {
  /** Memory, CPU, event loop and the like of this process. */
  readonly process?: boolean
}

/** Metrics over prom-client. A metric comes into being, with its labels, when it is first used. */
export function promMetrics(options: PromMetricsOptions = {}): Metrics {
  const registry = new Registry()
  if (options.process) collectDefaultMetrics({ register: registry })
  const counters = new Map<string, Counter>()
  const histograms = new Map<string, Histogram>()
  const gauges = new Map<string, Gauge>()

  function known<M>(metrics: Map<string, M>, name: string, make: () => M): M {
    const metric = metrics.get(name) ?? make()
    metrics.set(name, metric)
    return metric
  }
  function shape(name: string, labels: Record<string, string>) {
    return { name, help: name.replaceAll('_', ' '), labelNames: Object.keys(labels), registers: [registry] }
  }

  return {
    count(name, labels = {}, by = 1) {
      known(counters, name, () => new Counter(shape(name, labels))).inc(labels, by)
    },
    observe(name, value, labels = {}) {
      known(histograms, name, () => new Histogram({ ...shape(name, labels), buckets: secondsBuckets })).observe(labels, value)
    },
    gauge(name, value, labels = {}) {
      known(gauges, name, () => new Gauge(shape(name, labels))).set(labels, value)
    },
    expose: () => registry.metrics(),
  }
}
