/** A file is there after a loss of power only when it and its folder were written out. */
import { open } from 'node:fs/promises'

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
