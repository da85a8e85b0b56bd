import { createServer } from 'node:http'
import type { Config } from '../config.ts'
import { listen } from '../runtime/listen.ts'
import type { Worker } from './worker.ts'

/** What all workers have counted, in Prometheus's text format. */
async function merged(workers: readonly Worker[]): Promise<{ type: string; body: string }> {
  // Loaded when first asked for: most who start it never ask.
  const { AggregatorRegistry } = await import('prom-client')
  const counts = await Promise.all(workers.map((worker) => worker.metrics()))
  const registry = AggregatorRegistry.aggregate(counts)
  return { type: registry.contentType, body: await registry.metrics() }
}

/** Serves GET /metrics on its own port, where METRICS_PORT names one; answers where. */
export async function serveMetrics(
  { metricsHost, metricsPort }: Pick<Config, 'metricsHost' | 'metricsPort'>,
  workers: () => Worker[],
): Promise<string | undefined> {
  if (metricsPort === undefined) return undefined
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    const answer = await merged(workers()).catch(() => undefined)
    if (!answer) return void response.writeHead(500).end()
    response.writeHead(200, { 'content-type': answer.type, 'cache-control': 'no-store' }).end(answer.body)
  })
  const port = await listen(server, { host: metricsHost, port: metricsPort }, 'METRICS_')
  return `http://${metricsHost.includes(':') ? `[${metricsHost}]` : metricsHost}:${port}`
}
