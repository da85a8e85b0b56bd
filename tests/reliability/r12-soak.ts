/** Half an hour of a school's day at about half of what the server can do: memory, files and answers stay as they were. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from './load.ts'
import { compare, failuresOf, quantile, startLoad } from './load.ts'
import type { Proof, Row, Size } from './proof.ts'
import type { Instance } from './site.ts'
import { makeSite } from './site.ts'

const minute = 60_000
/** Memory settles first. In minutes. */
const settling = 5
/** MB a minute. */
const slopeAtMost = 1
const slowerAtMost = 1.2

interface Sample {
  minute: number
  megabytes: number
  files: number
  p99: number
}

const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
const filesOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length

/** The least-squares line's rise, in MB a minute. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length
  const [x, y] = [mean((sample) => sample.minute), mean((sample) => sample.megabytes)]
  const rise = samples.reduce((sum, sample) => sum + (sample.minute - x) * (sample.megabytes - y), 0)
  return rise / samples.reduce((sum, sample) => sum + (sample.minute - x) ** 2, 0)
}

/** Asks ten times a second, so that its times are of a server with half its load, not of a full queue. */
async function watch(instance: Instance, minutes: number): Promise<Sample[]> {
  const samples: Sample[] = []
  for (let n = 1; n <= minutes; n++) {
    const taken: number[] = []
    for (const end = performance.now() + minute; performance.now() < end; await sleep(100)) {
      const asked = performance.now()
      await (await fetch(`${instance.url}/`)).arrayBuffer()
      taken.push(performance.now() - asked)
    }
    const processes = [instance.pid, ...instance.workers()]
    const sum = (of: (pid: number) => number) => processes.reduce((total, pid) => total + of(pid), 0)
    samples.push({ minute: n, megabytes: sum(memoryOf), files: sum(filesOf), p99: quantile(taken, 0.99) })
  }
  return samples
}

function rowsOf(samples: readonly Sample[], report: Report): Row[] {
  const settled = samples.filter((sample) => sample.minute > settling)
  const load = `${samples.length} minutes, ${report.total} requests, ${Math.round(report.total / report.seconds)} a second`
  const row = (figure: string, limit: string, ok: boolean): Row => ({ test: 'R12', load, figure, limit, ok })
  const slope = slopeOf(settled)
  const files = settled.map((sample) => sample.files)
  const growth = (files.at(-1) ?? 0) - (files[0] ?? 0)
  const p99 = (part: readonly Sample[]) =>
    quantile(
      part.map((sample) => sample.p99),
      0.5,
    )
  const [first, last] = [p99(settled.slice(0, 5)), p99(settled.slice(-5))]
  return [
    row(`${report.failed} failed ${failuresOf(report)}`.trim(), '0 failed', report.failed === 0),
    row(
      `memory ${Math.round(settled[0]?.megabytes ?? 0)} to ${Math.round(settled.at(-1)?.megabytes ?? 0)} MB, ${slope.toFixed(2)} MB a minute`,
      `${slopeAtMost} MB a minute after ${settling} minutes`,
      slope < slopeAtMost,
    ),
    row(`${files[0]} to ${files.at(-1)} open files`, 'at most 5 more', growth <= 5),
    row(
      `p99 ${Math.round(first)} ms at first, ${Math.round(last)} ms at last`,
      `${slowerAtMost} times`,
      last <= first * slowerAtMost,
    ),
  ]
}

async function run(size: Size): Promise<Row[]> {
  const site = await makeSite({ database: 'sqlite', registrars: 2 })
  try {
    const instance = await site.start()
    const half = { clients: 4, pauseMs: 120, writes: 0.1, uploads: 1, listeners: 20 }
    const load = await startLoad({ ...site, url: instance.url, ...half })
    const samples = await watch(instance, size === 'quick' ? settling + 2 : 30)
    const report = await load.stop()
    const { lost, doubled, intact } = await compare(site, report)
    const end = await instance.stop()
    const isWhole = lost + doubled === 0 && intact && end === 0
    const figure = `${lost} lost, ${doubled} doubled, exit ${end}`
    return [...rowsOf(samples, report), { test: 'R12', load: 'afterwards', figure, limit: '0, 0, exit 0', ok: isWhole }]
  } finally {
    await site.done()
  }
}

export const proof: Proof = { name: 'R12', title: 'half an hour at half the load', long: true, run }
