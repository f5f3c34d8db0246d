import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { Registry } from 'prom-client'
import type { Config } from '../config/config.ts'
import { addDeliveryMetrics, type CountAttempt } from './delivery-metrics.ts'
import type { Measured } from './measured.ts'
import { addProcessMetrics } from './process-metrics.ts'
import { addQueueMetrics } from './queue-metrics.ts'
import { addRequestMetrics } from './request-metrics.ts'
import { addStoreMetrics, storesOf } from './store-metrics.ts'

export interface Metrics {
  readonly server: Server
  readonly countAttempt: CountAttempt
}

type Parts = Measured & { readonly part: 'webapp' | 'worker' }

/** Answers `/metrics` at a port of its own, which no visitor reaches, until the process ends. */
export async function openMetrics(config: Config, parts: Parts): Promise<Metrics> {
  const registry = new Registry()
  // The same name as in log lines and in Server-Timing.
  registry.setDefaultLabels({ instance: config.instance })
  addProcessMetrics(registry, { ...parts, release: config.release })
  addQueueMetrics(registry, parts.queue)
  if (parts.requests) addRequestMetrics(registry, parts.requests)
  const countAttempt = parts.part === 'worker' ? addDeliveryMetrics(registry) : () => {}
  const server = await serve(registry, config)
  server.once('close', addStoreMetrics(registry, storesOf(parts.part, config)))
  return { server, countAttempt }
}

async function serve(registry: Registry, { metricsPort, host }: Config): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.method !== 'GET' || req.url !== '/metrics') return void res.writeHead(404).end()
    registry.metrics().then(
      (text) => res.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => res.writeHead(500).end(),
    )
  })
  server.listen(metricsPort, host)
  await once(server, 'listening').catch((error: Error) => {
    throw Object.assign(error, { setting: 'METRICS_PORT' })
  })
  return server
}
