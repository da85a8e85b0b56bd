/**
 * `npm run build && npm run bench:backup`: a backup on SQLite beside VACUUM INTO alone, its verification, what others' saves take
 * meanwhile and the memory it takes, each as a ratio in one run; `-- --mb 1000` says how large the register is. Asserts nothing.
 */
import { execFileSync, fork, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { endWithUs } from '../../setup/end-with-us.ts'

const { values } = parseArgs({ options: { mb: { type: 'string', default: '200' } } })
const folder = mkdtempSync(join(tmpdir(), 'homeroom-bench-'))
const here = import.meta.dirname
const built = join(here, '../../../dist/server/homeroom.js')
const source = (file: string) => ['--import', 'tsx', join(here, file)]
const envFor = (file: string) => ({ ...process.env, DATABASE_URL: `file:${file}` })

function start(file: string, ...args: string[]) {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env: envFor(file), detached: true })
  endWithUs(child)
  const answered = text(child.stdout)
  return { child, answered }
}

const run = (file: string, ...args: string[]) =>
  execFileSync(process.execPath, args, { env: envFor(file), encoding: 'utf8' })

/** In MB, the most so far. */
function memoryOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000
  } catch {
    return 0
  }
}

interface Measured {
  copy: number
  verify: number
  memory: number
}

async function backup(file: string): Promise<Measured> {
  const { child, answered } = start(file, built, 'backup', 'create', '--json', '--folder', join(folder, 'backups'))
  let memory = 0
  const timer = setInterval(() => {
    memory = Math.max(memory, memoryOf(child.pid))
  }, 50)
  const { took } = JSON.parse(await answered).manifest
  clearInterval(timer)
  return { ...took, memory }
}

async function savesDuring(file: string, work: () => Promise<unknown>): Promise<number> {
  const { child, answered } = start(file, ...source('saves.ts'))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  await work()
  child.stdin.end()
  return Number((await answered).trim().split('\n').at(-1))
}

function filled(name: string, megabytes: number): string {
  const file = join(folder, name)
  run(file, ...source('../../../db/migrate-command.ts'))
  run(file, ...source('fill.ts'), String(megabytes))
  return file
}

/** As the process of a server that stores what is saved, every second. */
async function streamed<T>(file: string, work: () => Promise<T>): Promise<T> {
  const child = fork(built, ['backup', 'stream', '--folder', join(folder, 'streamed')], {
    env: { ...envFor(file), BACKUP_STREAM_SECONDS: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  })
  endWithUs(child)
  // Its first look has copied the file.
  await new Promise((resolve) => child.once('message', resolve))
  try {
    return await work()
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.disconnect()
    await ended
  }
}

const ratio = (one: number, other: number) => `${(one / other).toFixed(2)}x`

try {
  const small = filled('small.db', Number(values.mb) / 10)
  const large = filled('large.db', Number(values.mb))
  const size = statSync(large).size / 1e6
  const alone = Number(run(large, join(here, 'vacuum.mjs'), large, join(folder, 'alone.db')))
  const { copy, verify, memory } = await backup(large)
  const few = await backup(small)
  const idle = await savesDuring(large, () => sleep(6000))
  const busy = await savesDuring(large, () => backup(large))
  const followed = await savesDuring(large, () => streamed(large, () => sleep(6000)))
  console.log(`a register of ${size.toFixed(0)} MB`)
  console.log(`copied in ${copy} ms, VACUUM INTO alone ${alone} ms: ${ratio(copy, alone)}`)
  console.log(`verified in ${verify} ms: ${(((verify / size) * 1000) / 1000).toFixed(1)} s for a GB`)
  console.log(`p99 of saves ${busy} ms during a backup, ${idle} ms without: ${ratio(busy, idle)}`)
  console.log(`p99 of saves ${followed} ms while changes are stored every second: ${ratio(followed, idle)}`)
  console.log(
    `memory ${memory.toFixed(0)} MB, ${few.memory.toFixed(0)} MB at a tenth of the rows: ${ratio(memory, few.memory)}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
