/** A file is there after a loss of power only when it and its folder were written out. */
import { readdirSync, rmSync, statSync } from 'node:fs'
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

/** UTC, to the millisecond, in names that sort by time: 20261130T020000000Z. */
export const stamp = (at = new Date()): string => at.toISOString().replace(/[-:.]/g, '')

const temporaries = new Set<string>()
const remove = (path: string) => rmSync(path, { recursive: true, force: true })

/** Whatever is there under this name when the process ends is removed. */
export function temporary(path: string): string {
  if (!temporaries.size)
    process.once('exit', () => {
      for (const each of temporaries) remove(each)
    })
  temporaries.add(path)
  return path
}

/** In ms. What was begun so long ago, and is still there, was left by a process that was killed. */
export const leftAfter = 12 * 3_600_000

/** Removes what killed processes have left in a folder under names that begin so. */
export function sweep(folder: string, beginning: string, now = new Date()): void {
  for (const name of readdirSync(folder).filter((one) => one.startsWith(beginning)))
    if (now.getTime() - statSync(join(folder, name)).mtimeMs > leftAfter) remove(join(folder, name))
}
