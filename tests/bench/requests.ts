/** Requests per CPU second of the server: tRPC queries through everything, beside bare node:http sending the same JSON. */
import type { ChildProcess } from 'node:child_process'
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

const how = { execArgv: ['--import', 'tsx'], detached: true }
const child = endWithUs(fork('tests/bench/request-server.ts', how))
const [{ ports, cookie, slug }] = (await once(child, 'message')) as [Started]
const agent = new Agent({ keepAlive: true, maxSockets: 16 })

const ask = async (server: ChildProcess, message: object): Promise<Cpu> => {
  const heard = once(server, 'message')
  server.send(message)
  const [{ cpu }] = (await heard) as [{ cpu: Cpu }]
  return cpu
}

const call = (port: number, path: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', cookie, 'x-school': slug, origin: `http://127.0.0.1:${port}` }
    const sent = request({ port, host: '127.0.0.1', path, method: 'POST', agent, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString()
        if (answer.statusCode === 200) resolve(text)
        else reject(new Error(`${answer.statusCode} ${text}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

async function perCpuSecond(port: number, path: string, body: string, total: number): Promise<number> {
  const before = await ask(child, {})
  let left = total
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (left-- > 0) await call(port, path, body)
    }),
  )
  const after = await ask(child, {})
  return total / ((after.user + after.system - before.user - before.system) / 1e6)
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

async function compared(name: string, path: string, body: string): Promise<void> {
  await ask(child, { answer: await call(ports.app, path, body) })
  await perCpuSecond(ports.app, path, body, 2000)
  await perCpuSecond(ports.bare, path, body, 2000)
  const [ours, bare]: [number[], number[]] = [[], []]
  for (let round = 0; round < 5; round++) {
    ours.push(await perCpuSecond(ports.app, path, body, 2000))
    bare.push(await perCpuSecond(ports.bare, path, body, 2000))
  }
  const ratio = median(ours) / median(bare)
  console.log(
    `${name.padEnd(44)} ${median(ours).toFixed(0).padStart(9)} /s ${median(bare).toFixed(0).padStart(9)} /s ${ratio.toFixed(2).padStart(7)}x`,
  )
}

const page = await call(ports.app, '/trpc/students.list', '{"limit":50}')
const [{ id }] = JSON.parse(page).result.data.rows as [{ id: string }]
console.log(`\nRequests per CPU second of the server${' '.repeat(12)} ours    bare http    ratio`)
await compared('who am I (session.get)', '/trpc/session.get', '')
await compared('one student (students.get)', '/trpc/students.get', JSON.stringify({ id }))
await compared('page of 50 (students.list)', '/trpc/students.list', '{"limit":50}')
agent.destroy()
child.kill()
