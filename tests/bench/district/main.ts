/**
 * `npm run build && npm run bench:district`: a district's first import and the next ones on both databases, as the command line
 * runs them, beside bare inserts of the rows they make, and how long staff wait meanwhile. `--schools 1` makes one large school of
 * it, `--only sqlite` measures one database.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { endWithUs } from '../../setup/end-with-us.ts'
import { startPostgres } from '../../setup/postgres.ts'
import { writeDistrict } from './bundle.ts'
import type { Inserted } from './inserts.ts'
import type { Saved } from './saves.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '27000' },
    enrollments: { type: 'string', default: '205000' },
    schools: { type: 'string', default: '40' },
    only: { type: 'string' },
  },
})
const size = { people: Number(values.people), enrollments: Number(values.enrollments), schools: Number(values.schools) }

interface Taken {
  /** Wall time and processor time in s, the most memory in MB. */
  seconds: number
  cpu: number
  rss: number
}

/** The child's answers are the lines of this one of its files. */
function start(url: string, answers: 1 | 3, ...args: string[]) {
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', answers === 1 ? 'pipe' : 'ignore', 'inherit', ...(answers === 3 ? (['pipe'] as const) : [])],
    env: { ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url },
    detached: true,
  })
  endWithUs(child)
  const lines = createInterface({ input: child.stdio[answers] as Readable })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve, reject) =>
    child.once('exit', (code) => (code ? reject(new Error(`${args.join(' ')} ended with ${code}`)) : resolve())),
  )
  return { next: async () => String((await lines.next()).value), end: () => child.stdin?.end(), ended }
}
const script = (url: string, file: string, ...args: string[]) =>
  start(url, 1, '--import', 'tsx', join('tests/bench/district', file), ...args)

async function answer<T>({ next, ended }: ReturnType<typeof start>): Promise<T> {
  const line = await next()
  await ended
  return JSON.parse(line) as T
}

const at = (sorted: number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

function told(name: string, taken: Taken, { taken: waits, refused }: Saved, bare: Inserted): void {
  const sorted = waits.toSorted((a, b) => a - b)
  const times = `${taken.seconds.toFixed(1).padStart(7)} s ${taken.cpu.toFixed(1).padStart(7)} s`
  const ratios = `${(taken.seconds / bare.seconds).toFixed(1).padStart(6)}x ${(taken.cpu / bare.cpu).toFixed(1).padStart(6)}x`
  const staff = `p50 ${at(sorted, 0.5).toFixed(0)} ms, p99 ${at(sorted, 0.99).toFixed(0)} ms, longest ${(sorted.at(-1) ?? 0).toFixed(0)} ms of ${sorted.length}`
  console.log(
    `${name.padEnd(28)} ${times} ${ratios} ${taken.rss.toFixed(0).padStart(6)} MB   ${staff}, ${refused} refused`,
  )
}

async function measured(url: string, bundle: string, place: 'inside' | 'outside') {
  const staff = script(url, 'saves.ts', place)
  await staff.next()
  const command = ['--import', './tests/bench/district/usage.mjs', 'dist/server/homeroom.js', 'import', bundle]
  const taken = await answer<Taken>(start(url, 3, ...command))
  staff.end()
  const saved = JSON.parse(await staff.next()) as Saved
  await staff.ended
  return { taken, saved }
}

async function database(name: string, url: string, bundles: Record<'first' | 'changed', string>): Promise<void> {
  await start(url, 1, '--import', 'tsx', 'db/migrate-command.ts').ended
  const first = await measured(url, bundles.first, 'outside')
  const second = await measured(url, bundles.first, 'inside')
  const changed = await measured(url, bundles.changed, 'inside')
  const bare = await answer<Inserted>(script(url, 'inserts.ts'))
  console.log(
    `\n${name}: ${bare.rows} rows by bare inserts in ${bare.seconds.toFixed(1)} s, of the processor ${bare.cpu.toFixed(1)} s`,
  )
  console.log(`${' '.repeat(33)}wall       cpu  to bare inserts  most memory   saves of others`)
  told('first, into new schools', first.taken, first.saved, bare)
  told('again, nothing changes', second.taken, second.saved, bare)
  told('a tenth of them changes', changed.taken, changed.saved, bare)
}

const folder = mkdtempSync(join(tmpdir(), 'homeroom-bench-district-'))
const server = await startPostgres('fsync=on', 'full_page_writes=on', 'synchronous_commit=on')
try {
  const bundles = { first: join(folder, 'first'), changed: join(folder, 'changed') }
  for (const bundle of Object.values(bundles)) mkdirSync(bundle)
  await writeDistrict(bundles.first, size)
  await writeDistrict(bundles.changed, size, 10)
  const databases = { SQLite: `file:${join(folder, 'district.db')}`, PostgreSQL: server.url }
  for (const [name, url] of Object.entries(databases))
    if (!values.only || name.toLowerCase() === values.only.toLowerCase()) await database(name, url, bundles)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
