/** Rubbish, byte by byte and input by input, and connections that take their time. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { InputsReport } from './fuzz-inputs.ts'
import type { RawReport } from './fuzz-raw.ts'
import type { FuzzedSchool } from './fuzz-school.ts'
import type { Proof, Row, Size } from './proof.ts'
import type { Instance, Site, SiteOptions } from './site.ts'
import { makeSite } from './site.ts'
import { slowRows } from './slow.ts'

const megabyte = 1024 * 1024
const growthAtMost = 50

/** V8 lets what is over lie for as long as there is room: asked by a signal, it collects all of it. */
const collecting = {
  NODE_OPTIONS: `--expose-gc --import=data:text/javascript,${encodeURIComponent("process.on('SIGUSR2',()=>gc())")}`,
}

/** What the workers hold of the machine's memory, in MB. */
function memoryOf(server: Instance): number {
  const held = server
    .workers()
    .map((worker) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${worker}/status`, 'utf8'))?.[1]))
  return (Math.max(...held) * 1024) / megabyte
}

/** The first collection finds what is over, the second gives its pages back, the third those for what is new. */
async function restingMemory(server: Instance): Promise<number> {
  for (let n = 0; n < 3; n++) {
    for (const worker of server.workers()) process.kill(worker, 'SIGUSR2')
    await sleep(1000)
  }
  return memoryOf(server)
}

const list = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([status, count]) => `${count} x ${status}`)
    .join(', ')
const sum = (reports: readonly InputsReport[]) => {
  const statuses: Record<string, number> = {}
  for (const report of reports)
    for (const [status, n] of Object.entries(report.statuses)) statuses[status] = (statuses[status] ?? 0) + n
  return statuses
}
const failed = (statuses: Record<string, number>) =>
  Object.entries(statuses).reduce((sum, [status, n]) => sum + (status === '0' || Number(status) >= 500 ? n : 0), 0)

/** Said where somebody looks who has to mend it. */
function tell(failures: readonly object[]): void {
  for (const failure of failures) console.error(JSON.stringify(failure))
}

async function rawRow(site: Site, server: Instance, size: Size, name: string): Promise<Row> {
  const count = size === 'whole' ? 10_000 : 500
  const raw = (of: number, seed: number) =>
    site.program<RawReport>('fuzz-raw.ts', [String(server.port), String(of), String(seed)])
  await raw(Math.round(count / 3), 1)
  const before = await restingMemory(server)
  const { statuses, silent, hangs, failures } = await raw(count, Date.now() % 1e9)
  const growth = (await restingMemory(server)) - before
  tell(failures)
  return {
    test: `R9 raw requests, ${name}`,
    load: `${count} of them`,
    figure: `${failed(statuses)} x 5xx, ${hangs} hang, memory ${growth.toFixed(0)} MB more (${list(statuses)}, ${silent} silent)`,
    limit: `0, 0, < ${growthAtMost} MB`,
    ok: !failed(statuses) && !hangs && growth < growthAtMost,
  }
}

async function inputsRow(site: Site, server: Instance, size: Size, name: string): Promise<Row> {
  const each = size === 'whole' ? 300 : 10
  const school = await site.program<FuzzedSchool>('fuzz-school.ts')
  const inputs = (of: number, seed: number) =>
    site.program<InputsReport>('fuzz-inputs.ts', [server.url, String(of), String(seed)], school)
  const first = await inputs(each, Date.now() % 1e9)
  // The allocator keeps what the busiest moment took; a leak goes on with the second half.
  const before = await restingMemory(server)
  const second = await inputs(each, Date.now() % 1e9)
  const growth = (await restingMemory(server)) - before
  const statuses = sum([first, second])
  tell([...first.failures, ...second.failures])
  return {
    test: `R9 inputs of procedures, ${name}`,
    load: `twice ${each} for each of ${first.procedures}, as administrator and as nobody: ${first.calls + second.calls}`,
    figure: `${failed(statuses)} x 5xx or no answer, memory ${growth.toFixed(0)} MB more after the second half (${list(statuses)})`,
    limit: `0, < ${growthAtMost} MB`,
    ok: !failed(statuses) && growth < growthAtMost,
  }
}

async function rowsOn(database: SiteOptions['database'], size: Size): Promise<Row[]> {
  const site = await makeSite({ database, registrars: 1 })
  try {
    const server = await site.start({ LOG_LEVEL: 'error', ...collecting })
    const rows = [await rawRow(site, server, size, database), await inputsRow(site, server, size, database)]
    await server.stop()
    return database === 'sqlite' ? [...rows, ...(await slowRows(site, size))] : rows
  } finally {
    await site.done()
  }
}

export const proof: Proof = {
  name: 'R9',
  title: 'rubbish and slow connections',
  run: async (size) => [...(await rowsOn('sqlite', size)), ...(await rowsOn('postgresql', size))],
}
