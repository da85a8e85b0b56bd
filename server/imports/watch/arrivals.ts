import { open, readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { looksLikeOurs } from '../../oneroster/read/chosen-files.ts'
import { fileNamed } from '../../oneroster/read/files.ts'

export const ownFolders = ['working', 'done', 'failed'] as const
/** Uploaders give a file such a name until it is whole. */
const partial = /^[.~]|~$|\.(part|partial|filepart|tmp|temp|crdownload|download|upload|uploading)$/i

export interface Arrival {
  name: string
  kind: 'zip' | 'folder' | 'files'
  entries: string[]
  looks: string
  /** When its newest file was written, in ms, by the clock of the uploader or the file server. */
  writtenAt: number
}

interface Seen {
  looks: string[]
  writtenAt: number
}
const filesAtMost = 1_000

async function see(path: string, name: string, seen: Seen): Promise<void> {
  const entry = await stat(path)
  if (entry.isFile()) {
    seen.looks.push(`${name} ${entry.size} ${entry.mtimeMs}`)
    seen.writtenAt = Math.max(seen.writtenAt, entry.mtimeMs)
  }
  if (!entry.isDirectory() || seen.looks.length > filesAtMost) return
  seen.looks.push(name)
  for (const inside of (await readdir(path)).toSorted()) await see(join(path, inside), `${name}/${inside}`, seen)
}

export async function looksOf(
  folder: string,
  entries: readonly string[],
): Promise<Pick<Arrival, 'looks' | 'writtenAt'>> {
  const seen: Seen = { looks: [], writtenAt: 0 }
  for (const name of entries.toSorted()) await see(join(folder, name), name, seen)
  return { looks: seen.looks.join('\n'), writtenAt: seen.writtenAt }
}

const isOwn = (name: string) => (ownFolders as readonly string[]).includes(name)
const isTable = (name: string) => /\.(csv|tsv)$/i.test(name) || looksLikeOurs(name)

const holdsTables = (kind: Arrival['kind'], { looks }: Pick<Arrival, 'looks'>) =>
  kind !== 'folder' || looks.split('\n').some((line) => isTable(line.replace(/ \d+ [\d.]+$/, '')))

/** The oldest first. `others` are what no bundle is made of. */
export async function arrivalsIn(folder: string): Promise<{ arrivals: Arrival[]; others: string[] }> {
  const listed = (await readdir(folder, { withFileTypes: true })).filter(
    ({ name }) => !partial.test(name) && !isOwn(name),
  )
  const files = listed.filter((entry) => entry.isFile()).map(({ name }) => name)
  const zips = files.filter((name) => /\.zip$/i.test(name))
  const loose = files.filter((name) => !zips.includes(name) && isTable(name))
  const folders = listed.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const found: Omit<Arrival, 'looks' | 'writtenAt'>[] = [
    ...zips.map((name) => ({ name, kind: 'zip' as const, entries: [name] })),
    ...folders.map((name) => ({ name, kind: 'folder' as const, entries: [name] })),
  ]
  const isBundle = loose.some((name) => fileNamed(name))
  if (isBundle) found.push({ name: basename(folder), kind: 'files', entries: loose })
  const arrivals: Arrival[] = []
  for (const one of found) {
    const seen = await looksOf(folder, one.entries).catch(unlessGone)
    if (seen && holdsTables(one.kind, seen)) arrivals.push({ ...one, ...seen })
  }
  const taken = new Set(arrivals.flatMap(({ entries }) => entries))
  return {
    arrivals: arrivals.toSorted((a, b) => a.writtenAt - b.writtenAt || (a.name < b.name ? -1 : 1)),
    others: listed.map(({ name }) => name).filter((name) => !taken.has(name)),
  }
}

export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
export function unlessGone(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}

const longestComment = 65_535
const endOfZip = { signature: 0x06054b50, size: 22, comment: 20 }

/** A zip ends with its directory, and a file that is still written does not. */
async function endsAsZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const length = Math.min(size, endOfZip.size + longestComment)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    for (let at = bytesRead - endOfZip.size; at >= 0; at--)
      if (buffer.readUInt32LE(at) === endOfZip.signature)
        return at + endOfZip.size + buffer.readUInt16LE(at + endOfZip.comment) === bytesRead
    return false
  } finally {
    await file.close()
  }
}

const announcing = /^"?file\.(\w+)"?[,;\t]"?(?:bulk|delta)\b/gim
const manifestAtMost = 100_000

/** The manifest may come before the files that it announces. */
async function hasAnnounced(folder: string, names: readonly string[]): Promise<boolean> {
  const kinds = new Set(names.map((name) => fileNamed(name)))
  const manifest = names.find((name) => fileNamed(name) === 'manifest')
  if (!manifest) return true
  const text = (await readFile(join(folder, manifest), 'utf8')).slice(0, manifestAtMost)
  return [...text.matchAll(announcing)].every(([, file]) => {
    const kind = fileNamed(`${file}.csv`)
    return kind === undefined || kinds.has(kind)
  })
}

async function isWholeFolder(path: string): Promise<boolean> {
  const inside = await readdir(path, { withFileTypes: true })
  const files = inside.filter((entry) => entry.isFile()).map(({ name }) => name)
  if (files.some((name) => partial.test(name) && !name.startsWith('.'))) return false
  const [inner, ...more] = inside.filter((entry) => entry.isDirectory() && !/^(\.|__MACOSX$)/.test(entry.name))
  if (files.some((name) => fileNamed(name))) return hasAnnounced(path, files)
  return inner !== undefined && more.length === 0 && isWholeFolder(join(path, inner.name))
}

/** False where more of it must be on its way. True is no certainty: a single file may be cut at the end of a row. */
export function isWhole(folder: string, { kind, name, entries }: Arrival): Promise<boolean> {
  if (kind === 'zip') return endsAsZip(join(folder, name))
  return kind === 'files' ? hasAnnounced(folder, entries) : isWholeFolder(join(folder, name))
}

/** How long things have looked the same, by this process's own clock: those of uploaders and file servers differ. */
export class Stillness {
  #seen = new Map<string, { looks: string; since: number }>()

  see(things: readonly { name: string; looks: string }[], at: number): Map<string, number> {
    const before = this.#seen
    this.#seen = new Map(
      things.map(({ name, looks }) => {
        const known = before.get(name)
        return [name, known?.looks === looks ? known : { looks, since: at }]
      }),
    )
    return new Map([...this.#seen].map(([name, { since }]) => [name, at - since]))
  }
}
