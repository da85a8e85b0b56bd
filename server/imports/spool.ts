/** A zip is read from its end, so it lies in a temporary file without a name, which ends with the process. */
import { close, open, unlink, write } from 'node:fs'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { UnavailableError } from '../../db/errors.ts'
import { DomainError } from '../errors.ts'
import { largestUpload } from './input.ts'

const opened = promisify(open)
const written = promisify(write)
const unlinked = promisify(unlink)
const closed = promisify(close)

async function nameless(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'homeroom-upload-'))
  const path = join(folder, 'bundle')
  const fd = await opened(path, 'wx+', 0o600)
  await unlinked(path)
  await rmdir(folder)
  return fd
}

async function fill(fd: number, body: AsyncIterable<Buffer>): Promise<void> {
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > largestUpload) throw new DomainError('import.too_large', { most: largestUpload })
    for (let from = 0; from < part.length; ) from += (await written(fd, part, from)).bytesWritten
  }
}

/** The caller closes the file. Throws `import.too_large`. */
export async function spool(body: AsyncIterable<Buffer>): Promise<number> {
  const full = (error: NodeJS.ErrnoException) =>
    error.code === 'ENOSPC'
      ? new UnavailableError('the folder for temporary files (TMPDIR) is full', { cause: error })
      : error
  const fd = await nameless().catch((error) => {
    throw full(error)
  })
  try {
    await fill(fd, body)
    return fd
  } catch (error) {
    await closed(fd)
    throw full(error as NodeJS.ErrnoException)
  }
}
