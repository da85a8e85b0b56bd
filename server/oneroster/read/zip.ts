import { closeSync } from 'node:fs'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline, Transform } from 'node:stream'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import yauzl from 'yauzl'
import { BundleError } from '../report.ts'
import type { Limits, Source, SourceFile } from './chosen-files.ts'
import { chosenFiles, looksLikeOurs } from './chosen-files.ts'
import { fileNamed } from './files.ts'

/** No CSV packs better, but a file made to fill the disk does. Small files are harmless. */
const ratio = { most: 200, from: 16_000_000 }

const openFile = promisify<string, yauzl.Options, ZipFile>(yauzl.open)
const openDescriptor = promisify<number, yauzl.Options, ZipFile>(yauzl.fromFd)

/** yauzl refuses absolute names and those that lead outside (`..`). */
function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', reject)
    zip.readEntry()
  })
}

const hidden = /^\.|\p{Cc}/u

function isCandidate(name: string): boolean {
  const parts = name.split('/')
  return parts.length <= 2 && parts[0] !== '__MACOSX' && !parts.some((part) => hidden.test(part)) && !name.endsWith('/')
}

function refuseBomb({ fileName, uncompressedSize, compressedSize }: Entry): void {
  if (uncompressedSize > ratio.from && uncompressedSize > compressedSize * ratio.most)
    throw new BundleError(
      `${fileName} unpacks to ${Math.round(uncompressedSize / compressedSize)} times its size: no roster does`,
    )
}

const readMethods = [0, 8]
const otherMethods: Record<number, string> = {
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
}

function refuseOtherMethods({ fileName, compressionMethod: method }: Entry, archive: string): void {
  if (readMethods.includes(method)) return
  throw new BundleError(
    `${fileName} in ${archive} is packed by ${otherMethods[method] ?? `method ${method}`}, which is not read: pack the files again as an ordinary zip (method Deflate, without a password), or name their folder`,
  )
}

const damaged = (name: string, archive: string, what: string) =>
  new BundleError(`${name} in ${archive} is damaged (${what}): download or pack the zip again`)

/** yauzl leaves the checksum to us. */
function checked({ fileName, crc32: expected }: Entry, archive: string, packed: Readable): Readable {
  let sum = 0
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum)
      done(null, chunk)
    },
    flush(done) {
      done(sum === expected ? null : damaged(fileName, archive, 'its checksum, the CRC-32, differs'))
    },
  })
  packed.on('error', (error) => check.destroy(damaged(fileName, archive, error.message)))
  return pipeline(packed, check, () => {})
}

function fileOf(zip: ZipFile, entry: Entry, archive: string): SourceFile {
  const { fileName, uncompressedSize } = entry
  const stream = promisify<Entry, Readable>(zip.openReadStream.bind(zip))
  const open = async () => {
    const packed = await stream(entry).catch((error) => {
      throw damaged(fileName, archive, error.message)
    })
    return checked(entry, archive, packed)
  }
  return { name: fileName, size: uncompressedSize, open }
}

/** A zip that came over the network has no path: `fd` is of a file that only this process sees, which `close` closes. */
export async function openZip(path: string, limit: Limits, fd?: number): Promise<Source> {
  const how = { lazyEntries: true, autoClose: false }
  const zip = await (fd === undefined ? openFile(path, how) : openDescriptor(fd, how)).catch((error) => {
    if (fd !== undefined) closeSync(fd)
    throw new BundleError(
      `${path} is no zip that can be read (${error.message}): name a folder or a zip with OneRoster files`,
    )
  })
  try {
    if (zip.entryCount > limit.entries)
      throw new BundleError(`${path} holds ${zip.entryCount} files, more than ${limit.entries}: remove other files`)
    const entries = await entriesOf(zip).catch((error) => {
      throw new BundleError(`${path} was not opened: ${error.message}`)
    })
    const wanted = entries.filter(
      ({ fileName }) => isCandidate(fileName) && fileNamed(fileName.split('/').at(-1) ?? ''),
    )
    for (const entry of wanted) {
      if (entry.isEncrypted())
        throw new BundleError(`${entry.fileName} is locked with a password: unpack the zip first`)
      refuseOtherMethods(entry, basename(path))
      refuseBomb(entry)
    }
    const files = chosenFiles(
      wanted.map((entry) => fileOf(zip, entry, basename(path))),
      path,
      limit,
    )
    const unread = entries.map(({ fileName }) => fileName).filter((name) => isCandidate(name) && looksLikeOurs(name))
    return { files, unread, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}
