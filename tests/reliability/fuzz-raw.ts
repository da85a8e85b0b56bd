/** Sends rubbish to a port. Run as a program with the port, how many, and a seed; prints `RawReport`. */
import { rubbish, send } from '../setup/rubbish.ts'

export interface RawReport {
  sent: number
  /** By status; several answers may come to what was sent at once. */
  statuses: Record<string, number>
  silent: number
  hangs: number
  failures: { statuses: number[]; sent: string }[]
}

const [port, count, seed] = process.argv.slice(2).map(Number) as [number, number, number]
const atOnce = 60
const report: RawReport = { sent: count, statuses: {}, silent: 0, hangs: 0, failures: [] }
const left = rubbish(count, seed)

async function one(bytes: Buffer): Promise<void> {
  const { statuses, hangs } = await send(port, bytes)
  if (hangs) report.hangs++
  if (!statuses.length) report.silent++
  for (const status of statuses) report.statuses[status] = (report.statuses[status] ?? 0) + 1
  const isBad = hangs || statuses.some((status) => status >= 500)
  if (isBad && report.failures.length < 20) report.failures.push({ statuses, sent: bytes.toString().slice(0, 600) })
}
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let next = left.shift(); next; next = left.shift()) await one(next)
  }),
)
console.log(JSON.stringify(report))
