/** Zips that others made: neither their names nor their sizes and checksums are believed. */
import { closeSync } from 'node:fs'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline, Transform } from 'node:stream'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import yauzl from 'yauzl'

/** What no file of ours is packed to, but one that is made to fill the disk. Small files are harmless. */
const ratio = { most: 200, from: 16_000_000 }

const openFile = promisify<string, yauzl.Options, ZipFile>(yauzl.open)
const openDescriptor = promisify<number, yauzl.Options, ZipFile>(yauzl.fromFd)

/** Sizes are unpacked, in bytes. */
export interface ZippedFile {
  name: string
  size: number
  open(): Promise<Readable>
}
export interface Zip {
  files: ZippedFile[]
  names: string[]
  close(): void
}

export interface ZipReading {
  path: string
  /** Of a file that only this process sees, which `close` closes. */
  fd?: number | undefined
  mostEntries: number
  isWanted(name: string): boolean
  /** What each sentence ends with: what to do instead. */
  advice: Record<'unreadable' | 'otherMethod' | 'bomb' | 'damaged', string>
  fail(message: string): Error
}

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

function refuseBomb({ fileName, uncompressedSize, compressedSize }: Entry, { fail, advice }: ZipReading): void {
  if (uncompressedSize > ratio.from && uncompressedSize > compressedSize * ratio.most)
    throw fail(`${fileName} unpacks to ${Math.round(uncompressedSize / compressedSize)} times its size: ${advice.bomb}`)
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

function refuseUnreadable(entry: Entry, reading: ZipReading): void {
  const { fileName, compressionMethod: method } = entry
  const { fail, advice, path } = reading
  if (entry.isEncrypted()) throw fail(`${fileName} is locked with a password: unpack the zip first`)
  if (!readMethods.includes(method))
    throw fail(
      `${fileName} in ${basename(path)} is packed by ${otherMethods[method] ?? `method ${method}`}, which is not read: ${advice.otherMethod}`,
    )
  refuseBomb(entry, reading)
}

/** yauzl leaves the checksum to us. */
function checked({ crc32: expected }: Entry, packed: Readable, damaged: (what: string) => Error): Readable {
  let sum = 0
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum)
      done(null, chunk)
    },
    flush(done) {
      done(sum === expected ? null : damaged('its checksum, the CRC-32, differs'))
    },
  })
  packed.on('error', (error) => check.destroy(damaged(error.message)))
  return pipeline(packed, check, () => {})
}

function fileOf(zip: ZipFile, entry: Entry, { path, fail, advice }: ZipReading): ZippedFile {
  const { fileName, uncompressedSize } = entry
  const stream = promisify<Entry, Readable>(zip.openReadStream.bind(zip))
  const damaged = (what: string) => fail(`${fileName} in ${basename(path)} is damaged (${what}): ${advice.damaged}`)
  const open = async () => {
    const packed = await stream(entry).catch((error) => {
      throw damaged(error.message)
    })
    return checked(entry, packed, damaged)
  }
  return { name: fileName, size: uncompressedSize, open }
}

export async function openZip(reading: ZipReading): Promise<Zip> {
  const { path, fd, fail, advice, mostEntries, isWanted } = reading
  const how = { lazyEntries: true, autoClose: false }
  const zip = await (fd === undefined ? openFile(path, how) : openDescriptor(fd, how)).catch((error) => {
    if (fd !== undefined) closeSync(fd)
    throw fail(`${path} is no zip that can be read (${error.message}): ${advice.unreadable}`)
  })
  try {
    if (zip.entryCount > mostEntries)
      throw fail(`${path} holds ${zip.entryCount} files, more than ${mostEntries}: remove other files`)
    const entries = await entriesOf(zip).catch((error) => {
      throw fail(`${path} was not opened: ${error.message}`)
    })
    const wanted = entries.filter(({ fileName }) => isWanted(fileName))
    for (const entry of wanted) refuseUnreadable(entry, reading)
    return {
      files: wanted.map((entry) => fileOf(zip, entry, reading)),
      names: entries.map(({ fileName }) => fileName),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}
