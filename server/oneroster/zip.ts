import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import type { Entry, ZipFile } from 'yauzl'
import yauzl from 'yauzl'
import type { Limits, Source, SourceFile } from './chosen-files.ts'
import { chosenFiles } from './chosen-files.ts'
import { fileNamed } from './files.ts'
import { BundleError } from './report.ts'

/** No CSV packs better, but a file made to fill the disk does. Small files are harmless. */
const ratio = { most: 200, from: 16_000_000 }

const openFile = promisify<string, yauzl.Options, ZipFile>(yauzl.open)

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

function isCandidate(name: string): boolean {
  const parts = name.split('/')
  return (
    parts.length <= 2 && parts[0] !== '__MACOSX' && !parts.some((part) => part.startsWith('.')) && !name.endsWith('/')
  )
}

function refuseBomb({ fileName, uncompressedSize, compressedSize }: Entry): void {
  if (uncompressedSize > ratio.from && uncompressedSize > compressedSize * ratio.most)
    throw new BundleError(
      `${fileName} unpacks to ${Math.round(uncompressedSize / compressedSize)} times its size: no roster does`,
    )
}

function fileOf(zip: ZipFile, entry: Entry): SourceFile {
  const { fileName, uncompressedSize } = entry
  const open = promisify<Entry, Readable>(zip.openReadStream.bind(zip))
  return { name: fileName, size: uncompressedSize, open: () => open(entry) }
}

export async function openZip(path: string, limit: Limits): Promise<Source> {
  const zip = await openFile(path, { lazyEntries: true, autoClose: false }).catch((error) => {
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
      refuseBomb(entry)
    }
    const files = chosenFiles(
      wanted.map((entry) => fileOf(zip, entry)),
      path,
      limit,
    )
    return { files, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}
