import { createServer } from 'node:http'
import type { Config } from '../config.ts'
import { listen } from '../runtime/listen.ts'
import type { Worker } from './worker.ts'

/** The counts of ended workers are added up once there are more of them. */
const pastAtMost = 20

type Counting = Pick<Worker, 'metrics' | 'counted' | 'ended'>

/** Counters never fall, or Prometheus takes them for restarted: ended and busy workers keep their last counts. */
export class Counts {
  readonly #last = new Map<Counting, object[]>()
  #past: object[][] = []
  #reading: Promise<{ type: string; body: string }> | undefined

  follow(worker: Counting): void {
    this.#last.set(worker, [])
    void worker.counted.then((metrics) => this.#note(worker, metrics))
    void worker.ended.then(() => this.#fold(worker))
  }

  /** Several who ask at once share one answer. */
  read(): Promise<{ type: string; body: string }> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #read() {
    // Most installations never ask, so the package is loaded on demand.
    const { AggregatorRegistry } = await import('prom-client')
    await Promise.all([...this.#last.keys()].map(async (worker) => this.#note(worker, await worker.metrics())))
    const past = this.#past.splice(0)
    const before = await AggregatorRegistry.aggregate(past).getMetricsAsJSON()
    this.#past.push(before)
    const registry = AggregatorRegistry.aggregate([...this.#past, ...this.#last.values()])
    return { type: registry.contentType, body: await registry.metrics() }
  }

  #note(worker: Counting, metrics: object[] | undefined): void {
    if (metrics && this.#last.has(worker)) this.#last.set(worker, metrics)
  }

  #fold(worker: Counting): void {
    const counts = (this.#last.get(worker) ?? []).filter((metric) => !('type' in metric && metric.type === 'gauge'))
    this.#last.delete(worker)
    if (counts.length) this.#past.push(counts)
    // Without anybody asking, nothing else adds the counts up.
    if (this.#past.length > pastAtMost) this.read().catch(() => undefined)
  }
}

export async function serveMetrics(
  { metricsHost, metricsPort }: Pick<Config, 'metricsHost' | 'metricsPort'>,
  counts: Counts,
): Promise<string | undefined> {
  if (metricsPort === undefined) return undefined
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    const answer = await counts.read().catch(() => undefined)
    if (!answer) return void response.writeHead(500).end()
    response.writeHead(200, { 'content-type': answer.type, 'cache-control': 'no-store' }).end(answer.body)
  })
  const port = await listen(server, { host: metricsHost, port: metricsPort }, 'METRICS_')
  return `http://${metricsHost.includes(':') ? `[${metricsHost}]` : metricsHost}:${port}`
}
