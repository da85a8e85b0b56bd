/** A zip with the files of one school, of which nothing is believed before it is checked. */
import { text } from 'node:stream/consumers'
import type { ZippedFile, ZipReading } from '../zip.ts'
import { openZip } from '../zip.ts'
import { readLines } from './lines.ts'
import type { Manifest } from './manifest.ts'
import { readManifest } from './manifest.ts'
import { SchoolFilesError } from './school-files-error.ts'
import { dataFiles, manifestFile } from './tables.ts'

const mostEntries = 100
const largestManifestBytes = 1_000_000
const again = 'copy it from where it was exported, or export the school again'

const advice: ZipReading['advice'] = {
  unreadable: 'name a file that "homeroom school export" has made, and see that it is whole',
  otherMethod: again,
  bomb: 'no export does',
  damaged: again,
}
const fail = (message: string) => new SchoolFilesError(message)

function named(files: readonly ZippedFile[], path: string): Map<string, ZippedFile> {
  const byName = new Map(files.map((file) => [file.name, file]))
  if (byName.size < files.length) throw fail(`${path} holds a file twice: ${again}`)
  return byName
}

function refuseOthers(manifest: Manifest, files: ReadonlyMap<string, ZippedFile>, path: string): void {
  const told = new Set(Object.keys(manifest.files))
  const unknown = [...told].find((name) => !dataFiles.includes(name))
  if (unknown !== undefined)
    throw fail(
      `${path} tells of ${unknown}, which this version does not know: import it with the Homeroom that made it (${manifest.homeroom}), or a newer one`,
    )
  const stray = [...files.keys()].find((name) => name !== manifestFile && !told.has(name))
  if (stray !== undefined) throw fail(`${path} holds ${stray}, of which its manifest does not tell: ${again}`)
  for (const [name, { bytes }] of Object.entries(manifest.files)) {
    const file = files.get(name)
    if (!file) throw fail(`${name} is missing in ${path}: ${again}`)
    if (file.size !== bytes) throw fail(`${name} in ${path} has ${file.size} bytes and had ${bytes}: ${again}`)
  }
}

async function manifestOf(file: ZippedFile | undefined, path: string): Promise<Manifest> {
  if (!file) throw fail(`${path} holds no ${manifestFile}: name a file that "homeroom school export" has made`)
  if (file.size > largestManifestBytes) throw fail(`The manifest in ${path} is larger than any: ${again}`)
  return readManifest(await text(await file.open()), path)
}

export interface Archive {
  manifest: Manifest
  /** Parsed lines, some at a time. A file that an older version did not write has none. */
  lines(name: string): AsyncGenerator<{ number: number; plain: unknown }[]>
  close(): void
}

function parsed(name: string, number: number, line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw fail(`${name}, line ${number}, is no JSON: ${again}`)
  }
}

export async function openArchive(path: string): Promise<Archive> {
  const { files, close } = await openZip({ path, mostEntries, isWanted: () => true, advice, fail })
  try {
    const byName = named(files, path)
    const manifest = await manifestOf(byName.get(manifestFile), path)
    refuseOthers(manifest, byName, path)
    return {
      manifest,
      close,
      async *lines(name) {
        const [file, expected] = [byName.get(name), manifest.files[name]]
        if (!file || !expected) return
        for await (const lines of readLines(name, await file.open(), expected))
          yield lines.map(({ number, text: line }) => ({ number, plain: parsed(name, number, line) }))
      },
    }
  } catch (error) {
    close()
    throw error
  }
}
