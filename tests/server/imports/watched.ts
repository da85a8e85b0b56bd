/** A folder in which bundles arrive, and the process that watches it, whose clock goes as the test says. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { open } from '../../../db/open.ts'
import type { Brought } from '../../../server/imports/watch/bring.ts'
import type { WatchOptions } from '../../../server/imports/watch/watch.ts'
import { Watcher } from '../../../server/imports/watch/watch.ts'
import { now } from '../../setup/people.ts'
import type { Files } from '../oneroster/bundle.ts'
import { folderOf, zipOf } from '../oneroster/bundle.ts'

export const settle = 60_000

export function watched(more: Partial<WatchOptions> = {}, path = folderOf({})) {
  let at = 0
  const told: string[] = []
  const brought: Brought[] = []
  const watcher = new Watcher(path, {
    settle,
    settings: { timeZone: 'Europe/London', locale: 'en-GB', now },
    open,
    now: () => now,
    clock: () => at,
    isStopping: () => false,
    reportOf: (name, { failure }) => `${name}: ${failure?.sentence ?? 'brought in'}`,
    told: {
      brought(name, one, place) {
        brought.push(one)
        told.push(`${name} -> ${place}`)
      },
      trouble: (error) => void told.push(`trouble ${(error as NodeJS.ErrnoException).code ?? (error as Error).name}`),
      wellAgain: () => void told.push('well'),
      ignored: (name) => void told.push(`ignored ${name}`),
    },
    ...more,
  })
  return {
    path,
    told,
    brought,
    look: () => watcher.look(),
    /** After so many ms in which nothing was written. */
    async lookAfter(ms = settle) {
      await watcher.look()
      at += ms
      await watcher.look()
    },
    put: (name: string, files: Files) => copyFileSync(zipOf(Object.entries(files)), join(path, name)),
    putFiles(files: Files, inside = '') {
      mkdirSync(join(path, inside), { recursive: true })
      for (const [name, content] of Object.entries(files)) writeFileSync(join(path, inside, name), content)
    },
    /** What lies there, in its own folders too. */
    has: () =>
      readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => !['working', 'done', 'failed'].includes(name))
        .toSorted(),
    read: (...name: string[]) => readFileSync(join(path, ...name), 'utf8'),
    exists: (...name: string[]) => existsSync(join(path, ...name)),
  }
}
