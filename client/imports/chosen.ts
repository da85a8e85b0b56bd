/** What somebody dropped or chose: a zip, files, or a folder with them. */
import type { Chosen } from './pack.ts'

const isZip = ({ name }: Chosen) => /\.zip$/i.test(name)
/** Others are not sent at all: a folder may hold anything. `users.csv.txt` goes along, so that the report can name it. */
const isTable = ({ name }: Chosen) => /\.(csv|tsv|txt)$/i.test(name)

export type Bundle = { zip: Chosen } | { files: Chosen[] }

/** 'mixed' where it is not clear which of them is meant, 'none' where nothing is a bundle. */
export function bundleIn(chosen: readonly Chosen[]): Bundle | 'mixed' | 'none' {
  const zips = chosen.filter(isZip)
  const files = chosen.filter(isTable)
  const [zip] = zips
  if (!zip) return files.length ? { files } : 'none'
  return zips.length > 1 || files.some(({ name }) => /\.csv$/i.test(name)) ? 'mixed' : { zip }
}

const plain = (file: File): Chosen => ({ name: file.name, file })
export const chosenIn = (files: FileList | null): Chosen[] => [...(files ?? [])].map(plain)

const filesAtMost = 1_000

async function filesOf(entry: FileSystemEntry, depth: number): Promise<File[]> {
  if (entry.isFile)
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))]
  if (depth > 1) return []
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const files: File[] = []
  // A browser lists a folder in parts.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (!part.length || files.length > filesAtMost) return files
    for (const one of part) files.push(...(await filesOf(one, depth + 1)))
  }
}

/** The list of a drop is empty once its event is over, so it is read at once. */
export async function chosenInDrop(dropped: DataTransfer): Promise<Chosen[]> {
  const entries = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files = entries.length ? [] : [...dropped.files]
  for (const entry of entries) files.push(...(await filesOf(entry, 0)))
  return files.map(plain)
}
