/** A bundle under work lies in working/<name>, which only one process can make. It leaves whole, back or to done/ or failed/: so a process may end at any point. */
import { appendFile, mkdir, readdir, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Arrival } from './arrivals.ts'
import { codeOf, looksOf, ownFolders, unlessGone } from './arrivals.ts'

const keepEvery = 10_000
/** In ms. A process that has not marked its bundle for so long is gone. */
export const goneAfter = 120_000

const reportName = 'report.txt'
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    (error) => unlessGone(error) ?? false,
  )

/** To the second, in UTC, as a file may be called on any system. */
const stampOf = (now: Date) =>
  now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '')

export interface Taken {
  name: string
  path: string
  letGo(): void
}

export class WatchedFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  #working(name = ''): string {
    return join(this.path, 'working', name)
  }

  /** Such a file is as long as there were processes that ended while they worked on the bundle. */
  #brokenOff(name: string): string {
    return this.#working(`.${name}`)
  }

  /** Throws where the folder is away, so that none is made in the place where it is mounted. */
  async prepare(): Promise<void> {
    await readdir(this.path)
    for (const name of ownFolders) await mkdir(join(this.path, name), { mode: 0o700 }).catch(unlessThere)
  }

  /** Undefined where another process has it, or its uploader goes on after all. */
  async take({ name, kind, entries, looks }: Arrival): Promise<Taken | undefined> {
    const own = this.#working(name)
    try {
      await mkdir(own, { mode: 0o700 })
    } catch (error) {
      return unlessThere(error)
    }
    for (const entry of entries) await rename(join(this.path, entry), join(own, entry)).catch(unlessGone)
    const moved = await looksOf(own, entries).catch(unlessGone)
    if (moved?.looks === looks) return { name, path: kind === 'files' ? own : join(own, name), letGo: kept(own) }
    await this.giveBack(name)
    return undefined
  }

  /** Bundles under work, of any process. What they look like changes as long as somebody works on them. */
  async underWork(): Promise<{ name: string; looks: string }[]> {
    const found: { name: string; looks: string }[] = []
    for (const name of await readdir(this.#working())) {
      if (name.startsWith('.')) continue
      const entry = await stat(this.#working(name)).catch(unlessGone)
      if (entry) found.push({ name, looks: String(entry.mtimeMs) })
    }
    return found
  }

  /** To where it came from, unless a newer one of its name has come: then it is put aside. */
  async giveBack(name: string): Promise<void> {
    const own = this.#working(name)
    const entries = ((await readdir(own).catch(unlessGone)) ?? []).filter((entry) => entry !== reportName)
    for (const entry of entries)
      if (await isThere(join(this.path, entry)))
        return void (await this.putAside(name, 'failed', `${entry} was not brought in: a newer one has come.\n`))
    for (const entry of entries) await rename(join(own, entry), join(this.path, entry)).catch(unlessGone)
    await rm(join(own, reportName), { force: true })
    await rmdir(own).catch(unlessGone)
  }

  async giveBackOf(gone: string): Promise<void> {
    await appendFile(this.#brokenOff(gone), 'x')
    await this.giveBack(gone)
  }

  async timesBrokenOff(name: string): Promise<number> {
    return (await stat(this.#brokenOff(name)).catch(unlessGone))?.size ?? 0
  }

  /** Answers where it lies. A disk without room for the report keeps a bundle that failed, but none that is done. */
  async putAside(name: string, where: 'done' | 'failed', report: string, now = new Date()): Promise<string> {
    const own = this.#working(name)
    const told = writeFile(join(own, reportName), report, { mode: 0o600 })
    await (where === 'done' ? told.catch(() => undefined) : told)
    await rm(this.#brokenOff(name), { force: true })
    for (let n = 1; ; n++) {
      const place = join(where, `${stampOf(now)}${n > 1 ? `-${n}` : ''}-${name.replace(/\.zip$/i, '')}`)
      if (await isThere(join(this.path, place))) continue
      const isMoved = await rename(own, join(this.path, place)).then(() => true, unlessThere)
      if (isMoved) return place
    }
  }
}

function unlessThere(error: unknown): undefined {
  if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error) ?? '')) throw error
}

/** Others see by the folder's time that somebody still works on what is in it. */
function kept(folder: string): () => void {
  const timer = setInterval(() => {
    const now = new Date()
    utimes(folder, now, now).catch(() => undefined)
  }, keepEvery)
  timer.unref()
  return () => clearInterval(timer)
}
