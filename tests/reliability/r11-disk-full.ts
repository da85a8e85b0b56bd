/** The disk under a SQLite database fills up while a school works, and gets room again. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Sqlite } from '../../db/sqlite-driver.ts'
import type { Load, Report } from './load.ts'
import { compare, failuresOf, startLoad } from './load.ts'
import type { Proof, Row } from './proof.ts'
import type { Instance, Site } from './site.ts'
import { makeSite, statusOf, until, untilReady } from './site.ts'

interface Disk {
  path: string
  /** Takes all but `bytes` of what is free. */
  fill(bytes: number): void
  free(): void
  done(): void
}

/** A disk of 16 MB in memory. Undefined where this user may not mount one. */
function smallDisk(): Disk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'homeroom-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=700', 'tmpfs', path], { stdio: 'pipe' })
  } catch {
    rmdirSync(path)
    return undefined
  }
  const ballast = join(path, 'ballast')
  const free = () => rmSync(ballast, { force: true })
  return {
    path,
    free,
    fill(bytes) {
      const { bavail, bsize } = statfsSync(path)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytes), 1))
    },
    done() {
      execFileSync('umount', ['-l', path])
      rmdirSync(path)
    },
  }
}

interface Times {
  /** From the room until a write was acknowledged again, in ms. */
  recoveredMs: number[]
  /** What /health/ready said while it was full. */
  ready: number[]
}

/** Full, a while of it, room again: with the load going on. */
async function fillAndFree(disk: Disk, load: Load, instance: Instance, times: Times): Promise<void> {
  disk.fill(700_000)
  const before = load.progress().failed
  await until('writes fail', () => load.progress().failed > before + 40)
  await sleep(2_000)
  times.ready.push(await statusOf(`${instance.url}/health/ready`))
  const written = load.progress().acknowledged
  const at = performance.now()
  disk.free()
  await until('writes work again', () => load.progress().acknowledged > written + 5)
  times.recoveredMs.push(performance.now() - at)
  await sleep(6_000)
}

const count = (instance: Instance, event: string) => instance.log().filter((line) => line.event === event).length

function rowsOf(report: Report, times: Times, instance: Instance): Row[] {
  const rounds = times.ready.length + 1
  const load = `${rounds} times full, ${report.total} requests, ${report.acknowledged} writes`
  const row = (figure: string, limit: string, ok: boolean): Row => ({ test: 'R11', load, figure, limit, ok })
  const unclean = report.failures.filter(({ kind, why }) => kind !== 'write' || why !== '507 database.full')
  const refused = report.failures.filter(({ why }) => why === '507 database.full')
  const slowest = Math.round(Math.max(...times.recoveredMs))
  const [full, room] = [count(instance, 'database.full'), count(instance, 'database.room')]
  const surprises = count(instance, 'failure.unexpected') + count(instance, 'failure.uncaught')
  return [
    row(
      `${refused.reduce((sum, { count }) => sum + count, 0)} writes refused as database.full; else ${failuresOf({ failures: unclean }) || 'nothing failed'}`,
      'only writes, only as database.full',
      refused.length > 0 && !unclean.length,
    ),
    row(
      `ready ${times.ready.join(', ')} while full`,
      '200: reads go on',
      times.ready.every((status) => status === 200),
    ),
    row(`writes again after ${slowest} ms at most`, '2000 ms, without a restart', slowest <= 2000),
    row(
      `${full} lines say full, ${room} room, ${surprises} unexpected`,
      `${rounds}, ${rounds - 1}, 0`,
      full === rounds && room === rounds - 1 && surprises === 0,
    ),
  ]
}

/** Killed while it is full, and started again when there is room. */
async function killWhileFull(disk: Disk, site: Site, instance: Instance, load: Load): Promise<Report> {
  disk.fill(300_000)
  const before = load.progress().failed
  await until('writes fail', () => load.progress().failed > before + 20)
  const report = load.stop()
  await report
  await instance.kill()
  disk.free()
  const again = await site.start({ DATABASE_URL: `file:${join(disk.path, 'homeroom.db')}` })
  await untilReady(again.url)
  await again.stop()
  return report
}

async function onDisk(disk: Disk, site: Site, rounds: number): Promise<Row[]> {
  const own = site.databaseUrl.replace(/^file:/, '')
  const file = join(disk.path, 'homeroom.db')
  copyFileSync(own, file)
  const instance = await site.start({ DATABASE_URL: `file:${file}`, LOG_LEVEL: 'info' })
  const load = await startLoad({ ...site, url: instance.url, clients: 12, writes: 0.5, pauseMs: 30 })
  await load.until(({ acknowledged }) => acknowledged > 50)
  const times: Times = { recoveredMs: [], ready: [] }
  for (let n = 0; n < rounds; n++) await fillAndFree(disk, load, instance, times)
  const report = await killWhileFull(disk, site, instance, load)
  const client = new Sqlite(file)
  const sound = client.pragma('integrity_check', { simple: true })
  client.close()
  copyFileSync(file, own)
  const { lost, doubled, torn, unacknowledged, intact } = await compare(site, report)
  const figure = `${lost} lost, ${doubled} doubled, ${torn} torn, ${unacknowledged} refused and yet saved; integrity ${sound}; journal ${intact ? 'intact' : 'broken'}`
  const ok = lost + doubled + torn + unacknowledged === 0 && sound === 'ok' && intact
  return [
    ...rowsOf(report, times, instance),
    { test: 'R11', load: 'then killed while full, started again', figure, limit: '0, 0, 0, 0, ok, intact', ok },
  ]
}

export const proof: Proof = {
  name: 'R11',
  title: "SQLite's disk is full",
  async run(size) {
    const disk = smallDisk()
    const load = '16 MB in memory'
    if (!disk) return [{ test: 'R11', load, figure: 'not run', limit: 'root, to mount a disk', ok: false }]
    const site = await makeSite({ database: 'sqlite', students: 100 })
    try {
      return await onDisk(disk, site, size === 'quick' ? 1 : 3)
    } finally {
      await site.done()
      disk.done()
    }
  },
}
