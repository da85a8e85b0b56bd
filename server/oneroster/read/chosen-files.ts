import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { BundleError } from '../report.ts'
import { fileKinds, fileNamed } from './files.ts'

export interface SourceFile {
  name: string
  /** Sizes are unpacked, in bytes. */
  size: number
  open(): Promise<Readable>
}
export interface Source {
  files: SourceFile[]
  /** These have nearly the name of a file we read. */
  unread: string[]
  close(): void
}
export interface Limits {
  file: number
  total: number
  entries: number
}
export const limits: Limits = { file: 1_000_000_000, total: 2_000_000_000, entries: 1_000 }

const inGB = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

/** 'enrollments.csv.txt' and 'users (1).csv' hold rows that somebody misses. */
export function looksLikeOurs(name: string): boolean {
  const text = basename(name).toLowerCase()
  if (fileNamed(text)) return false
  const [, stem = ''] =
    /^(.*?)(?:\.(?:csv|txt|tsv|xlsx?|xlsm|ods|numbers|zip|gz|bak|old|part|crdownload|tmp))+$/.exec(text) ?? []
  const bare = stem.replace(
    /(^copy of |^kopie von |^copie de |^copia de )|([\s_-]*(\(\d+\)|copy|kopie|copie|copia|\d+|final|new|old))+$/g,
    '',
  )
  return [bare, `${bare}s`, bare.replace(/[\s_-]/g, '')].some((one) => fileNamed(`${one}.csv`) !== undefined)
}

/** Refuses two files of one kind and files that are too large. */
export function chosenFiles(found: readonly SourceFile[], where: string, limit: Limits): SourceFile[] {
  const byKind = new Map<string, SourceFile>()
  for (const file of found) {
    const kind = fileNamed(basename(file.name))
    if (!kind) continue
    const other = byKind.get(kind)
    if (other) throw new BundleError(`${where} holds ${other.name} and ${file.name}: leave one of them`)
    if (file.size > limit.file)
      throw new BundleError(
        `${file.name} has ${inGB(file.size)}, more than the ${inGB(limit.file)} a file may have: split the bundle by school`,
      )
    byKind.set(kind, file)
  }
  const total = [...byKind.values()].reduce((sum, { size }) => sum + size, 0)
  if (total > limit.total)
    throw new BundleError(`${where} has ${inGB(total)} unpacked, more than ${inGB(limit.total)}: split it by school`)
  if (byKind.size) return [...byKind.values()]
  const expected = fileKinds.map((kind) => `${kind}.csv`).join(', ')
  throw new BundleError(`${where} holds no file of a OneRoster bundle. Expected are: ${expected}`)
}
