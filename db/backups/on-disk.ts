/** A file is there after a loss of power only when it and its folder were written out. */
import { lchownSync, lstatSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'

async function sync(path: string, mode: string): Promise<void> {
  const handle = await open(path, mode)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export const syncFile = (path: string): Promise<void> => sync(path, 'r+')

/** Windows opens no folders, and some network file systems sync none. */
export const syncFolder = (path: string): Promise<void> =>
  sync(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (!/^(EPERM|EISDIR|EACCES|EINVAL|ENOTSUP)$/.test(error.code ?? '')) throw error
  })

/** What root makes, a file or a folder of files, goes to the owner of `model`: the account that serves must be able to use it. */
export function giveToOwnerOf(model: string, path: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(model)
  const inside = lstatSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : []
  for (const each of [path, ...inside]) lchownSync(each, uid, gid)
}

/** UTC, to the millisecond, in names that sort by time: 20261130T020000000Z. */
export const stamp = (at = new Date()): string => at.toISOString().replace(/[-:.]/g, '')

const temporaries = new Set<string>()
let isWatching = false
const remove = (path: string) => rmSync(path, { recursive: true, force: true })

/** Whatever is there under this name when the process ends is removed, until `settled` is told of it. */
export function temporary(path: string): string {
  if (!isWatching)
    process.once('exit', () => {
      for (const each of temporaries) remove(each)
    })
  isWatching = true
  temporaries.add(path)
  return path
}

export const settled = (path: string): void => void temporaries.delete(path)

/** In ms. What was begun so long ago, and is still there, was left by a process that was killed. */
export const leftAfter = 12 * 3_600_000

export function sweep(folder: string, beginning: string, now = new Date()): void {
  for (const name of readdirSync(folder).filter((one) => one.startsWith(beginning)))
    try {
      if (now.getTime() - lstatSync(join(folder, name)).mtimeMs > leftAfter) remove(join(folder, name))
    } catch {}
}

/** In bytes. So much stays free for those who write on the same disk. */
const spared = 64 * 1_048_576
const inMb = (bytes: number) => `${Math.ceil(bytes / 1_000_000)} MB`

/** Throws where a file of so many bytes would fill the disk, on which a register may be at work. */
export function refuseFull(folder: string, bytes: number): void {
  const { bavail, blocks, bsize } = statfsSync(folder)
  const free = bavail * bsize
  // Some file systems tell nothing.
  if (blocks && free < bytes + spared)
    throw Object.assign(
      new Error(
        `The disk of ${folder} has ${inMb(free)} free, and ${inMb(bytes + spared)} are needed: nothing was changed. Make room there`,
      ),
      { code: 'ENOSPC' },
    )
}
