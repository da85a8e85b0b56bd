import { Scratch } from '../../../db/scratch/scratch.ts'
import type { Shelf } from '../../../db/scratch/shelf.ts'
import { canonical, sha256 } from '../../canonical.ts'
import { BundleError, Report } from '../report.ts'
import type { Source, SourceFile } from './chosen-files.ts'
import type { CsvRow } from './csv.ts'
import { csvRows } from './csv.ts'
import type { DateSettings } from './date-columns.ts'
import { DateColumns } from './date-columns.ts'
import type { FileKind } from './files.ts'
import { fileKinds, fileNamed } from './files.ts'
import type { Header } from './header.ts'
import { isHeaderAgain, readHeader, refuseOtherFiles } from './header.ts'
import { tellNearColumns } from './near-columns.ts'
import type { Reader, Row } from './row.ts'
import { readRow } from './row.ts'

export interface Manifest {
  version: string | null
  systemCode: string | null
}

export interface Staged {
  scratch: Scratch
  rows: Record<FileKind, Shelf<Row>>
  /** The key is an id without the zeros at its beginning, as a spreadsheet writes it; the value is the id. */
  zeros: Shelf<string>
  /** The register keeps the values of columns that a file lacks. */
  columns: Record<FileKind, ReadonlySet<string>>
  headers: Record<FileKind, ReadonlySet<string>>
  /** The key is [file, id]: such a row is there, though nothing of it is read. */
  unread: Shelf<null>
  counts: Record<string, number>
  announced: Partial<Record<string, 'bulk' | 'delta'>>
  /** Each row of these files says when it was changed. */
  dated: Set<FileKind>
  manifest: Manifest
}
/** The columns that a row says something of: a short row has fewer than its file. */
export const columnsOf = ({ columns }: Staged, kind: FileKind, { silent }: Row): ReadonlySet<string> =>
  silent ? new Set([...columns[kind]].filter((column) => !silent.includes(column))) : columns[kind]

export const bundleHas = ({ rows, unread }: Staged, kind: FileKind, id: string): boolean =>
  rows[kind].has(id) || unread.has([kind, id])

export type Progress = (message: string) => void

const kindOf = (file: SourceFile): string => fileNamed(file.name.split('/').at(-1) ?? '') ?? ''
const isRead = (kind: string): kind is FileKind => (fileKinds as string[]).includes(kind)

/** School Data Sync has no ids for enrollments, so class, user, role and day make one. */
function madeId({ classSourcedId, userSourcedId, role = '', beginDate }: Row['fields']): string {
  const id = [classSourcedId, userSourcedId, role.toLowerCase(), beginDate].filter(Boolean).join('|')
  return id.length > 255 ? sha256(id) : id
}

function idOf(kind: FileKind, row: Row, hasIds: boolean): string | undefined {
  if (kind === 'roles') return `${row.fields.userSourcedId ?? ''}\0${row.line}`
  if (kind === 'relationships') return `${row.fields.relationshipUserSourcedId ?? ''}\0${row.line}`
  if (kind === 'demographics') return row.fields.userSourcedId ?? row.fields.sourcedId
  if (kind === 'enrollments' && !hasIds) return madeId(row.fields)
  return row.fields.sourcedId
}

/** As a spreadsheet writes a number. */
export const withoutZeros = (id: string): string => id.replace(/^0+(?=.)/, '')

const content = ({ status, fields, extra, silent = [] }: Row) => canonical({ status, fields, extra, silent })

function keep(staged: Staged, kind: FileKind, row: Row, id: string, report: Report): void {
  const shelf = staged.rows[kind]
  if (shelf.add(id, row)) {
    if (id.startsWith('0')) staged.zeros.put([kind, withoutZeros(id)], id)
    return
  }
  const first = shelf.get(id)
  if (first && content(first) === content(row)) report.warn(row, `is the same row as line ${first.line}`)
  else report.reject(row, `${id} is on line ${first?.line} already, with other content`, 'sourcedId')
}

async function* rowsOf(file: SourceFile): AsyncGenerator<CsvRow> {
  yield* csvRows(file.name, await file.open())
}

function readFirstLine(staged: Staged, kind: FileKind, file: string, first: CsvRow, report: Report): Header {
  if (first.swallowing)
    throw new BundleError(`${file} has a quote on line ${first.line} that closes only below: remove it`)
  const header = readHeader(kind, file, first.cells, report)
  staged.columns[kind] = new Set(header.slots.flatMap(({ field }) => field ?? []))
  staged.headers[kind] = new Set(header.slots.flatMap(({ field, extra }) => field ?? extra ?? []))
  refuseOtherFiles(kind, file, staged.columns[kind], new Set(header.slots.map(({ header }) => header)))
  tellNearColumns(kind, file, header, report)
  return header
}

async function stageFile(
  staged: Staged,
  kind: FileKind,
  file: SourceFile,
  settings: DateSettings,
  report: Report,
  progress: Progress,
) {
  let reader: Reader | undefined
  let count = 0
  let dated = 0
  for await (const cells of rowsOf(file)) {
    if (!reader) {
      const header = readFirstLine(staged, kind, file.name, cells, report)
      reader = { kind, file: file.name, header, dates: new DateColumns(kind, file.name, header, settings), report }
      continue
    }
    if (isHeaderAgain(reader.header, cells, file.name, report)) continue
    count++
    if (count % 1000 === 0) progress(`Reading ${file.name}: ${count} rows`)
    if (reader.dates.isOpen(cells)) await reader.dates.survey(rowsOf(file), report)
    const row = readRow(reader, cells)
    if (!row) {
      const unread = cells.cells[reader.header.slots.findIndex(({ field }) => field === 'sourcedId')]?.trim()
      if (unread) staged.unread.put([kind, unread], null)
      continue
    }
    if (row.extra.dateLastModified) dated++
    const id = idOf(kind, row, staged.columns[kind].has('sourcedId'))
    // A line without letters or digits is no row.
    if (id && /[\p{L}\p{N}]/u.test(id)) keep(staged, kind, row, id, report)
    else report.reject(row, 'has no sourcedId', kind === 'demographics' ? 'userSourcedId' : 'sourcedId')
  }
  if (!reader) throw new BundleError(`${file.name} is empty: the system that wrote it failed. Export it again`)
  staged.counts[kind] = count
  if (count && dated === count) staged.dated.add(kind)
}

async function countFile(file: SourceFile, report: Report): Promise<void> {
  let count = -1
  for await (const _ of rowsOf(file)) count++
  if (count > 0) report.note(`${file.name} was left out: the register does not store its rows (${count})`)
}

async function readManifest(staged: Staged, file: SourceFile, { files }: Source, report: Report): Promise<void> {
  const there = new Set(files.map(kindOf))
  for await (const { line, cells } of rowsOf(file)) {
    const [name = '', value = ''] = cells.map((cell) => cell?.trim() ?? '')
    const announced = /^(bulk|delta)$/i.test(value) && fileNamed(`${name.replace(/^file\./i, '')}.csv`)
    if (announced) staged.announced[announced] = value.toLowerCase() as 'bulk' | 'delta'
    if (announced && !there.has(announced))
      report.warn({ file: file.name, line }, `${announced}.csv is not in this bundle`, 'value')
    if (name.toLowerCase() === 'oneroster.version') staged.manifest.version = value || null
    if (name.toLowerCase() === 'source.systemcode') staged.manifest.systemCode = value || null
  }
}

function nothingStaged(): Staged {
  const scratch = new Scratch()
  const rows = Object.fromEntries(fileKinds.map((kind) => [kind, scratch.shelf<Row>()])) as Staged['rows']
  const noColumns = () =>
    Object.fromEntries(fileKinds.map((kind): [string, ReadonlySet<string>] => [kind, new Set()])) as Staged['columns']
  return {
    scratch,
    rows,
    columns: noColumns(),
    headers: noColumns(),
    zeros: scratch.shelf(),
    unread: scratch.shelf(),
    counts: {},
    announced: {},
    dated: new Set(),
    manifest: { version: null, systemCode: null },
  }
}

type Storable<T> =
  T extends Record<FileKind, ReadonlySet<string>>
    ? Record<FileKind, string[]>
    : T extends ReadonlySet<infer One>
      ? One[]
      : T
export type StagedHead = {
  [K in Exclude<keyof Staged, 'scratch' | 'rows' | 'zeros' | 'unread'>]: Storable<Staged[K]>
}

export function headOf({ counts, announced, manifest, columns, headers, dated }: Staged): StagedHead {
  const listed = (sets: Staged['columns']) =>
    Object.fromEntries(fileKinds.map((kind) => [kind, [...sets[kind]]])) as Record<FileKind, string[]>
  return { counts, announced, manifest, columns: listed(columns), headers: listed(headers), dated: [...dated] }
}

/** The rows and the keys of `unread` come as `entries()` gave them. The caller closes `scratch`. */
export async function stagedFrom(
  head: StagedHead,
  unread: AsyncIterable<string>,
  rowsOf: (kind: FileKind) => AsyncIterable<readonly [id: string, row: Row]>,
): Promise<Staged> {
  const staged = nothingStaged()
  const sets = (lists: Record<FileKind, string[]>) =>
    Object.fromEntries(
      fileKinds.map((kind): [string, ReadonlySet<string>] => [kind, new Set(lists[kind])]),
    ) as Staged['columns']
  const { counts, announced, manifest } = head
  Object.assign(staged, { counts, announced, manifest, columns: sets(head.columns), headers: sets(head.headers) })
  staged.dated = new Set(head.dated)
  try {
    for await (const key of unread) staged.unread.put(key, null)
    for (const kind of fileKinds) for await (const [id, row] of rowsOf(kind)) keep(staged, kind, row, id, new Report())
    return staged
  } catch (error) {
    staged.scratch.close()
    throw error
  }
}

export async function stage(
  source: Source,
  settings: DateSettings,
  report: Report,
  progress: Progress = () => {},
): Promise<Staged> {
  const staged = nothingStaged()
  try {
    for (const name of source.unread)
      report.note(`not read: ${name}. If it belongs to this bundle, give it the name of its file, such as users.csv`)
    for (const file of source.files) {
      const kind = kindOf(file)
      if (isRead(kind)) await stageFile(staged, kind, file, settings, report, progress)
      else if (kind === 'manifest') await readManifest(staged, file, source, report)
      else await countFile(file, report)
    }
    return staged
  } catch (error) {
    staged.scratch.close()
    throw error
  }
}
