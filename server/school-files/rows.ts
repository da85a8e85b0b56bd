/** Rows of the files, read as the columns hold them. */
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '../../db/database.ts'
import type { NeutralRow } from '../../db/neutral.ts'
import { rowReader } from '../../db/neutral.ts'
import type { students } from '../../db/schema/index.ts'
import { inBatches } from '../journal/bulk.ts'
import type { FiledAccount } from './accounts.ts'
import { account } from './accounts.ts'
import type { Archive } from './archive.ts'
import { SchoolFilesError } from './school-files-error.ts'
import { accountsFile, fileOf, selfReferenceOf, tableOf } from './tables.ts'

const refused = (name: string, number: number, what: string) =>
  new SchoolFilesError(`${name}, line ${number}: ${what}. Nothing was changed: export the school again`)

async function* readWith<T>(archive: Archive, name: string, read: (plain: unknown) => T): AsyncGenerator<T[]> {
  for await (const lines of archive.lines(name))
    yield lines.map(({ number, plain }) => {
      try {
        return read(plain)
      } catch (error) {
        // Deep JSON exhausts the stack, which is a RangeError like a value that no column holds.
        if (error instanceof RangeError || (error as z.ZodError).name === 'ZodError')
          throw refused(name, number, sentenceOf(error as Error))
        throw error
      }
    })
}

function sentenceOf(error: Error): string {
  const [issue] = (error as Partial<z.ZodError>).issues ?? []
  return issue ? `${issue.path.join('.') || 'the account'} can't be read` : error.message
}

const ownSchool = ['schoolId']

export const rowsIn = (archive: Archive, key: string): AsyncGenerator<NeutralRow[]> =>
  readWith(archive, fileOf(key), rowReader(tableOf(key), ownSchool))

export const accountsIn = (archive: Archive): AsyncGenerator<FiledAccount[]> =>
  readWith(archive, accountsFile, (plain) => account.parse(plain))

export async function writeRows(tx: Transaction, key: string, schoolId: number, rows: readonly NeutralRow[]) {
  for (const batch of inBatches(rows)) await tx.insertAll([tableOf(key), batch.map((row) => ({ ...row, schoolId }))])
}

async function point(tx: Transaction, key: string, schoolId: number, field: string, { id, [field]: to }: NeutralRow) {
  if (to === null) return
  const table = tableOf(key) as typeof students
  await tx
    .update(table)
    .set({ [field]: to })
    .where(and(eq(table.schoolId, schoolId), eq(table.id, String(id))))
}

/** A row may refer to one of its own table that comes later: that is written when all are there. */
export async function writeTable(tx: Transaction, archive: Archive, key: string, schoolId: number): Promise<void> {
  const field = selfReferenceOf(key)
  for await (const rows of rowsIn(archive, key))
    await writeRows(tx, key, schoolId, field ? rows.map((row) => ({ ...row, [field]: null })) : rows)
  if (!field) return
  for await (const rows of rowsIn(archive, key)) for (const row of rows) await point(tx, key, schoolId, field, row)
}
