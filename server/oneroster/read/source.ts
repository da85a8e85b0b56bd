/** A bundle is a folder or a zip, and nothing is unpacked to disk. */
import { createReadStream } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { BundleError } from '../report.ts'
import type { Limits, Source, SourceFile } from './chosen-files.ts'
import { chosenFiles, limits, looksLikeOurs } from './chosen-files.ts'
import { fileNamed } from './files.ts'
import { openZip } from './zip.ts'

/** Unpacking a zip often makes one more folder. */
async function folderOfFiles(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true })
  if (entries.some(({ name }) => fileNamed(name))) return folder
  const folders = entries.filter((entry) => entry.isDirectory() && !/^(\.|__MACOSX$)/.test(entry.name))
  const [first, ...others] = folders.map(({ name }) => join(folder, name))
  if (!first || others.length) return folder
  return (await readdir(first)).some(fileNamed) ? first : folder
}

async function openFolder(path: string, limit: Limits): Promise<Source> {
  const folder = await folderOfFiles(path)
  const inside = await realpath(folder)
  const found: SourceFile[] = []
  const names = await readdir(folder)
  for (const name of names) {
    if (!fileNamed(name)) continue
    const path = join(folder, name)
    const target = await realpath(path)
    if ((await lstat(path)).isSymbolicLink() && !target.startsWith(inside + sep))
      throw new BundleError(`${name} is a link to a file outside ${folder}: put the file itself there`)
    const { size, ...entry } = await stat(target).then((s) => ({ size: s.size, isFile: s.isFile() }))
    if (entry.isFile) found.push({ name, size, open: async () => createReadStream(target) })
  }
  return { files: chosenFiles(found, folder, limit), unread: names.filter(looksLikeOurs), close() {} }
}

/** Throws `BundleError` for anything else, and for what is too large. */
export async function openSource(path: string, limit: Limits = limits): Promise<Source> {
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EACCES' ? 'may not be read by this account' : 'is not there'
    throw new BundleError(`${path} ${reason}: name a folder or a zip with OneRoster files`)
  })
  if (entry.isDirectory()) return openFolder(path, limit)
  if (entry.isFile()) return openZip(path, limit)
  throw new BundleError(`${path} is neither a folder nor a zip`)
}
