/** A server of its own process, and calls to it as a browser makes them: 16 at a time on connections that stay open. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { endWithUs } from '../setup/end-with-us.ts'

interface Started {
  ports: { app: number; bare: number }
  cookie: string
  slug: string
}
type Cpu = { user: number; system: number }
export interface RequestServer {
  ports: Started['ports']
  /** Tells the bare server what to answer. */
  answer(text: string): Promise<void>
  /** CPU seconds since it began. */
  cpu(): Promise<number>
  call(port: number, path: string, body: string, key?: string): Promise<string>
  /** Calls with what `next` makes, so often. */
  callMany(port: number, path: string, total: number, next: () => { body: string; key?: string }): Promise<void>
  stop(): Promise<void>
}

const clients = 16

export async function startRequestServer(env: NodeJS.ProcessEnv = {}): Promise<RequestServer> {
  const options = { execArgv: ['--import', 'tsx'], detached: true, env: { ...process.env, ...env } }
  const child = endWithUs(fork('tests/bench/request-server.ts', options))
  const [{ ports, cookie, slug }] = (await once(child, 'message')) as [Started]
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const ask = async (message: object): Promise<number> => {
    const heard = once(child, 'message')
    child.send(message)
    const [{ cpu }] = (await heard) as [{ cpu: Cpu }]
    return (cpu.user + cpu.system) / 1e6
  }
  const call: RequestServer['call'] = (port, path, body, key) =>
    new Promise((resolve, reject) => {
      const own = {
        cookie,
        'x-school': slug,
        origin: `http://127.0.0.1:${port}`,
        ...(key && { 'idempotency-key': key }),
      }
      const headers = { 'content-type': 'application/json', ...own }
      const sent = request({ port, host: '127.0.0.1', path, method: 'POST', agent, headers }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString()
          if (answer.statusCode === 200) resolve(text)
          // Too busy for the moment: the same key does it once, as from a screen.
          else if (answer.statusCode === 503) resolve(call(port, path, body, key))
          else reject(new Error(`${answer.statusCode} ${text}`))
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return {
    ports,
    answer: async (answer) => void (await ask({ answer })),
    cpu: () => ask({}),
    call,
    async callMany(port, path, total, next) {
      let left = total
      const client = async () => {
        while (left-- > 0) {
          const { body, key } = next()
          await call(port, path, body, key)
        }
      }
      await Promise.all(Array.from({ length: clients }, client))
    },
    async stop() {
      agent.destroy()
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}
