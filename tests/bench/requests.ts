/** Requests per CPU second of the server: tRPC queries through everything, beside bare node:http sending the same JSON. */
import { startRequestServer } from './request-client.ts'

const server = await startRequestServer()
const { ports } = server

async function perCpuSecond(port: number, path: string, body: string, total: number): Promise<number> {
  const before = await server.cpu()
  await server.callMany(port, path, total, () => ({ body }))
  return total / ((await server.cpu()) - before)
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

async function compared(name: string, path: string, body: string): Promise<void> {
  await server.answer(await server.call(ports.app, path, body))
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

const page = await server.call(ports.app, '/trpc/students.list', '{"limit":50}')
const [{ id }] = JSON.parse(page).result.data.rows as [{ id: string }]
console.log(`\nRequests per CPU second of the server${' '.repeat(12)} ours    bare http    ratio`)
await compared('who am I (session.get)', '/trpc/session.get', '')
await compared('one student (students.get)', '/trpc/students.get', JSON.stringify({ id }))
await compared('page of 50 (students.list)', '/trpc/students.list', '{"limit":50}')
await server.stop()
