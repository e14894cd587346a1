import { expect, it } from 'vitest'
import { promMetrics } from './prom-metrics.ts'

it('exposes counters, timings and gauges with their labels', async () => {
  const metrics = promMetrics()
  metrics.count('http_requests_total', { route: '/a', status: '200' })
  metrics.count('http_requests_total', { route: '/a', status: '200' }, 2)
  metrics.observe('http_request_duration_seconds', 2.2, { route: '/a' })
  metrics.gauge('open_sockets', 4)
  const text = await metrics.expose()
  expect(text).toContain('http_requests_total{route="/a",status="200"} 3')
  expect(text).toContain('http_request_duration_seconds_bucket{le="2",route="/a"} 0')
  expect(text).toContain('http_request_duration_seconds_bucket{le="2.5",route="/a"} 1')
  expect(text).toContain('open_sockets 4')
})
