/** A bundle lies in the database as it was read: without passwords, and without cells beyond its headers. */
import type { Database, Reader } from '../../db/database.ts'
import { DomainError } from '../errors.ts'
import type { ReadBundle } from '../oneroster/import.ts'
import type { FileKind } from '../oneroster/read/files.ts'
import { fileKinds } from '../oneroster/read/files.ts'
import type { Row } from '../oneroster/read/row.ts'
import type { StagedHead } from '../oneroster/read/stage.ts'
import { headOf, stagedFrom } from '../oneroster/read/stage.ts'
import type { StoredReport } from '../oneroster/report.ts'
import { Report } from '../oneroster/report.ts'
import type { ImportKey } from './pieces.ts'
import { readPiece, readPieces, writePiece, writePieces } from './pieces.ts'

interface Head {
  files: ReadBundle['files']
  staged: StagedHead
  found: StoredReport
}

const head = 'bundle'
const unread = `${head} unread`
const rowsOf = (kind: FileKind) => `bundle ${kind}`
export const isOfBundle = (shelf: string): boolean => shelf.startsWith(head)

function* keysOf(entries: Iterable<readonly [string, null]>): Generator<string> {
  for (const [key] of entries) yield key
}

export async function keepBundle(db: Database, key: ImportKey, { files, staged, found }: ReadBundle): Promise<void> {
  for (const kind of fileKinds) await writePieces(db, key, rowsOf(kind), staged.rows[kind].entries())
  await writePieces(db, key, unread, keysOf(staged.unread.entries()))
  const told: Head = { files, staged: headOf(staged), found: found.stored }
  await writePiece(db, key, head, 0, [told])
}

/** The caller closes its scratch space. Throws `import.gone` where the bundle was deleted. */
export async function readBundle(db: Reader, key: ImportKey, name: string): Promise<ReadBundle> {
  const [told] = (await readPiece<Head>(db, key, head, 0)) ?? []
  if (!told) throw new DomainError('import.gone')
  const staged = await stagedFrom(told.staged, readPieces<string>(db, key, unread), (kind) =>
    readPieces<[string, Row]>(db, key, rowsOf(kind)),
  )
  return { name, files: told.files, staged, found: Report.from(told.found) }
}
