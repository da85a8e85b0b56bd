/** A zip is read from its end, so it lies in a temporary file without a name, which ends with the process. */
import { close, open, unlink, write } from 'node:fs'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { UnavailableError } from '../../db/errors.ts'
import { temporaryFull } from '../../db/scratch/on-disk.ts'
import { DomainError } from '../errors.ts'
import { largestUpload } from './input.ts'

const opened = promisify(open)
const written = promisify(write)
const unlinked = promisify(unlink)
const closed = promisify(close)

/** A full disk, a quota and a folder that takes no files are the server's, not the sender's. */
const onDisk = <T>(step: Promise<T>): Promise<T> =>
  step.catch((error) => {
    throw new UnavailableError(temporaryFull, { trouble: 'full', cause: error })
  })

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
    for (let from = 0; from < part.length; ) from += (await onDisk(written(fd, part, from))).bytesWritten
  }
}

/** The caller closes the file. Throws `import.too_large`. */
export async function spool(body: AsyncIterable<Buffer>): Promise<number> {
  const fd = await onDisk(nameless())
  try {
    await fill(fd, body)
    return fd
  } catch (error) {
    await closed(fd)
    throw error
  }
}
