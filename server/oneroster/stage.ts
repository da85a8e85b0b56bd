import type { Shelf } from '../../db/scratch.ts'
import { Scratch } from '../../db/scratch.ts'
import { canonical, sha256 } from '../canonical.ts'
import type { Source, SourceFile } from './chosen-files.ts'
import type { CsvRow } from './csv.ts'
import { csvRows } from './csv.ts'
import type { FileKind } from './files.ts'
import { fileKinds, fileNamed } from './files.ts'
import type { Slot } from './header.ts'
import { readHeader, refuseOtherFiles } from './header.ts'
import type { Report } from './report.ts'
import type { Row } from './row.ts'
import { readRow } from './row.ts'

export interface Staged {
  scratch: Scratch
  rows: Record<FileKind, Shelf<Row>>
  /** The key is an id without the zeros at its beginning, as a spreadsheet writes it; the value is the id. */
  zeros: Shelf<string>
  /** The register keeps the values of columns that a file lacks. */
  columns: Record<FileKind, ReadonlySet<string>>
  headers: Record<FileKind, ReadonlySet<string>>
  counts: Record<string, number>
  /** The manifest may name the version of the standard. */
  version: string | null
}
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

const content = ({ status, fields, extra }: Row) => canonical({ status, fields, extra })

function keep(staged: Staged, kind: FileKind, row: Row, id: string, report: Report): void {
  const shelf = staged.rows[kind]
  if (shelf.add(id, row)) {
    if (id.startsWith('0') && (kind === 'users' || kind === 'classes'))
      staged.zeros.put([kind, id.replace(/^0+/, '')], id)
    if (/^\d(\.\d+)?E\+\d+$/i.test(id))
      report.warn(row, `${id} looks like a long number that a spreadsheet cut short`, 'sourcedId')
    return
  }
  const first = shelf.get(id)
  if (first && content(first) === content(row)) report.warn(row, `is the same row as line ${first.line}`)
  else report.reject(row, `${id} is on line ${first?.line} already, with other content`, 'sourcedId')
}

async function* rowsOf(file: SourceFile): AsyncGenerator<CsvRow> {
  yield* csvRows(file.name, await file.open())
}

async function stageFile(staged: Staged, kind: FileKind, file: SourceFile, report: Report, progress: Progress) {
  let slots: Slot[] | undefined
  let count = 0
  for await (const cells of rowsOf(file)) {
    if (!slots) {
      slots = readHeader(kind, file.name, cells.cells, report)
      staged.columns[kind] = new Set(slots.flatMap(({ field }) => field ?? []))
      staged.headers[kind] = new Set(slots.flatMap(({ field, extra }) => field ?? extra ?? []))
      continue
    }
    if (!count) refuseOtherFiles(kind, file.name, staged.columns[kind])
    count++
    if (count % 1000 === 0) progress(`Reading ${file.name}: ${count} rows`)
    const row = readRow(kind, file.name, slots, cells, report)
    if (!row) continue
    const id = idOf(
      kind,
      row,
      slots.some(({ field }) => field === 'sourcedId'),
    )
    if (id) keep(staged, kind, row, id, report)
    else report.reject(row, 'has no sourcedId', kind === 'demographics' ? 'userSourcedId' : 'sourcedId')
  }
  staged.counts[kind] = count
}

async function countFile(file: SourceFile, report: Report): Promise<void> {
  let count = -1
  for await (const _ of rowsOf(file)) count++
  if (count > 0) report.note(`${file.name} was left out: the register does not store its rows (${count})`)
}

async function readManifest(file: SourceFile, { files }: Source, report: Report): Promise<string | null> {
  const there = new Set(files.map(kindOf))
  let version: string | null = null
  for await (const { line, cells } of rowsOf(file)) {
    const [name = '', value = ''] = cells.map((cell) => cell?.trim() ?? '')
    const announced = /^(bulk|delta)$/i.test(value) && fileNamed(`${name.replace(/^file\./i, '')}.csv`)
    if (announced && !there.has(announced))
      report.warn({ file: file.name, line }, `${announced}.csv is not in this bundle`, 'value')
    if (name.toLowerCase() === 'oneroster.version') version = value || null
  }
  return version
}

/** The caller closes `scratch`. */
export async function stage(source: Source, report: Report, progress: Progress = () => {}): Promise<Staged> {
  const scratch = new Scratch()
  const rows = Object.fromEntries(fileKinds.map((kind) => [kind, scratch.shelf<Row>()])) as Staged['rows']
  const noColumns = () =>
    Object.fromEntries(fileKinds.map((kind): [string, ReadonlySet<string>] => [kind, new Set()])) as Staged['columns']
  const staged: Staged = {
    scratch,
    rows,
    columns: noColumns(),
    headers: noColumns(),
    zeros: scratch.shelf(),
    counts: {},
    version: null,
  }
  try {
    for (const file of source.files) {
      const kind = kindOf(file)
      if (isRead(kind)) await stageFile(staged, kind, file, report, progress)
      else if (kind === 'manifest') staged.version = await readManifest(file, source, report)
      else await countFile(file, report)
    }
    return staged
  } catch (error) {
    scratch.close()
    throw error
  }
}
