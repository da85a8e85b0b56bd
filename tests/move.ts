/**
 * `npm run test:move [-- --runs 60 --resume <file>]`: registers move while processes write to them, and movers or PostgreSQL end at
 * named points and at any moment. Prints a table of what was lost. What `--resume` names gets a line for each run, and those that
 * are in it already are not run again.
 */
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { on } from './db/move/query.ts'
import type { End } from './db/move/under-load/run.ts'
import { moveUnderLoad, points } from './db/move/under-load/run.ts'
import { printTable } from './reliability/table.ts'
import type { TestPostgres } from './setup/postgres.ts'
import { startPostgres } from './setup/postgres.ts'

interface Finished {
  run: number
  kind: string
  rooms: number
  failure?: string
}

const folder = mkdtempSync(join(tmpdir(), 'homeroom-test-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))

/** In ms: a mover of the small register begins and ends within so long, on a machine that does other things too. */
const whole = 6_000
const anyMoment = () => Math.random() * whole

/** Each kind comes up equally often; at named points by turns. */
function endsOf(run: number, server: TestPostgres): { kind: string; ends: End[] } {
  const point = points[Math.floor(run / 3) % points.length] ?? 'round'
  if (run % 3 === 0) return { kind: `mover killed: ${point}`, ends: [{ point }] }
  if (run % 3 === 1)
    return { kind: 'movers killed at any moment', ends: [{ after: anyMoment() }, { after: anyMoment() }] }
  const halt = () => server.halt('SIGQUIT')
  return { kind: 'PostgreSQL crashes', ends: [{ after: anyMoment(), halt, resume: () => server.resume() }] }
}

async function fill(file: string): Promise<void> {
  process.env.DATABASE_URL = `file:${file}`
  delete process.env.DATABASE_DIRECT_URL
  const { fillRegister } = await import('./db/move/filled-register.ts')
  await fillRegister()
}

async function once(run: number, filled: string, server: TestPostgres): Promise<Finished> {
  const { kind, ends } = endsOf(run, server)
  const file = join(folder, `run-${run}.db`)
  copyFileSync(filled, file)
  const name = `run_${run}`
  await on(server.url, `create database ${name}`)
  try {
    const rooms = await moveUnderLoad({ file, url: server.url.replace(/postgres$/, name), ends })
    return { run, kind, rooms }
  } catch (error) {
    return { run, kind, rooms: 0, failure: (error as Error).message }
  } finally {
    await on(server.url, `drop database ${name} with (force)`)
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  }
}

function table(done: readonly Finished[]): void {
  const kinds = [...new Set(done.map(({ kind }) => kind))].toSorted()
  const rows = kinds.map((kind) => {
    const all = done.filter((each) => each.kind === kind)
    const failed = all.filter(({ failure }) => failure)
    const rooms = all.reduce((sum, each) => sum + each.rooms, 0)
    const figure = failed.length ? `${failed.length}: ${failed[0]?.failure?.slice(0, 200)}` : `0 of ${rooms}`
    return { test: kind, load: `${all.length} runs`, figure, limit: '0 lost, doubled or different', ok: !failed.length }
  })
  printTable(rows)
}

async function main(): Promise<number> {
  const options = { runs: { type: 'string', default: '60' }, resume: { type: 'string' } } as const
  const { runs, resume } = parseArgs({ options }).values
  const lines = resume && existsSync(resume) ? readFileSync(resume, 'utf8').split('\n').filter(Boolean) : []
  const done = lines.map((line) => JSON.parse(line) as Finished)
  const filled = join(folder, 'filled.db')
  await fill(filled)
  const server = await startPostgres('synchronous_commit=on')
  try {
    for (let run = 0; run < Number(runs); run++) {
      if (done.some((each) => each.run === run)) continue
      const finished = await once(run, filled, server)
      done.push(finished)
      if (resume) appendFileSync(resume, `${JSON.stringify(finished)}\n`)
      console.log(`${run + 1} of ${runs}: ${finished.kind}: ${finished.failure ?? `held, ${finished.rooms} rows`}`)
    }
  } finally {
    await server.stop()
  }
  table(done)
  return done.some(({ failure }) => failure) ? 1 : 0
}

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message)
  return 2
})
