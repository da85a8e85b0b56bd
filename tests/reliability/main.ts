/**
 * `npm run test:reliability [-- R1 R7 … --quick --resume <file>]`: proves that nothing is dropped, lost or doubled, and prints a
 * table. Each proof runs in a process of its own; a miss doesn't stop the others. Long ones run only when named. What
 * `--resume` names gets a line for each finished proof, and those that are in it already are not run again.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { copyApp } from './app.ts'
import { missingPrograms } from './programs.ts'
import type { Proof, Row, Size } from './proof.ts'
import { runProof } from './run-proof.ts'
import { printTable } from './table.ts'

interface Named extends Proof {
  file: string
}
interface Finished {
  name: string
  seconds: number
  rows: Row[]
}

async function allProofs(): Promise<Named[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => /^r\d\d-.*\.ts$/.test(file))
  const loaded = files.toSorted().map(async (file) => {
    const { proof } = (await import(join(import.meta.dirname, file))) as { proof: Proof }
    return { ...proof, file }
  })
  return Promise.all(loaded)
}

function chosen(proofs: readonly Named[], names: readonly string[], isQuick: boolean): Named[] {
  const unknown = names.filter((name) => !proofs.some((proof) => proof.name === name))
  if (unknown.length)
    throw new Error(`There is no ${unknown.join(', ')}, only ${proofs.map(({ name }) => name).join(', ')}`)
  if (names.length) return proofs.filter(({ name }) => names.includes(name))
  return proofs.filter(({ quick, long }) => (isQuick ? quick : !long))
}

const missed = ({ name, title }: Proof, figure: string, limit: string): Row[] => [
  { test: name, load: title, figure, limit, ok: false },
]

/** A part of every check is left out where a program can't be had; the whole proof is missed. */
const notRun = (proof: Proof, needs: string, size: Size): Row[] =>
  missed(proof, 'NOT RUN', needs).map((row) => ({ ...row, ok: size === 'quick' }))

async function finish(proof: Named, size: Size): Promise<Finished> {
  const started = performance.now()
  const missing = missingPrograms(proof.needs ?? [])
  const rows = missing.length
    ? notRun(proof, `apt-get install ${missing.join(' ')}`, size)
    : await runProof(proof.file, size).catch((error: Error) => missed(proof, error.message, 'an end'))
  return { name: proof.name, seconds: (performance.now() - started) / 1000, rows }
}

function finishedIn(file: string | undefined): Finished[] {
  if (!file || !existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Finished)
}

/** As many at once as `lanes`. */
async function runAll(
  proofs: readonly Named[],
  size: Size,
  resume: string | undefined,
  lanes: number,
): Promise<Finished[]> {
  const done = finishedIn(resume)
  const left = proofs.filter(({ name }) => !done.some((finished) => finished.name === name))
  const lane = async () => {
    for (let proof = left.shift(); proof; proof = left.shift()) {
      console.log(`${proof.name}: ${proof.title} …`)
      const finished = await finish(proof, size)
      done.push(finished)
      if (resume) appendFileSync(resume, `${JSON.stringify(finished)}\n`)
      const misses = finished.rows.filter(({ ok }) => !ok).length
      console.log(`${proof.name}: ${misses ? `${misses} MISSED` : 'held'} in ${finished.seconds.toFixed(0)} s`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return done.toSorted(
    (a, b) => proofs.findIndex(({ name }) => name === a.name) - proofs.findIndex(({ name }) => name === b.name),
  )
}

async function main(): Promise<number> {
  const options = { quick: { type: 'boolean' }, resume: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const { quick = false, resume } = values
  const proofs = chosen(await allProofs(), positionals, quick)
  const app = copyApp()
  process.env.HOMEROOM_RELIABILITY_APP = app
  process.once('exit', () => rmSync(app, { recursive: true, force: true }))
  // The quick ones wait more than they work, and tell no times.
  const done = await runAll(proofs, quick ? 'quick' : 'whole', resume, quick ? 2 : 1)
  printTable(done.flatMap(({ rows }) => rows))
  const failed = done.filter(({ rows }) => rows.some(({ ok }) => !ok)).length
  console.log(`\n${done.length - failed} passed, ${failed} failed`)
  return failed ? 1 : 0
}

// The proof that runs ends with this process, and with it what it has started.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))
process.exitCode = await main().catch((error: Error) => {
  console.error(error.message)
  return 2
})
