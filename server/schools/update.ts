import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/database.ts'
import { schools } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Change } from '../journal/entry.ts'
import { difference } from '../journal/entry.ts'
import { mutate } from '../journal/operation.ts'
import { changesSince } from '../journal/since.ts'
import '../kinds.ts'
import { given } from '../records/write.ts'
import type { SchoolRow } from './create.ts'
import { givenSoFar } from './given-numbers.ts'
import type { UpdateSchoolInput } from './input.ts'
import { readSchool } from './read.ts'

export type SchoolFields = Partial<Omit<SchoolRow, 'id' | 'version'>>
export interface SchoolSettings {
  name?: string | undefined
  timeZone?: string | undefined
  locale?: string | undefined
  /** The system whose ids the school's records carry. */
  source?: string | undefined
}

export async function schoolRow(tx: Transaction, id: number): Promise<SchoolRow> {
  const [row] = await tx.select().from(schools).where(eq(schools.id, id))
  if (!row) throw new Error('the school of the operation is not there')
  return row
}

/** Another way of numbering begins with its own first number. */
const isNumberedAnew = (before: SchoolRow, after: SchoolRow) =>
  before.studentNumberPattern !== after.studentNumberPattern || before.studentNumberFrom !== after.studentNumberFrom

const numberedAnew = (before: SchoolRow): SchoolFields => ({
  studentNumberLast: 0,
  studentNumbersGiven: givenSoFar(before),
})

export async function writeSchool(tx: Transaction, before: SchoolRow, fields: SchoolFields): Promise<Change[]> {
  const after = { ...before, ...fields, version: before.version + 1 }
  if (!difference({ before, after }).fields.length) return []
  const set = { ...fields, ...(isNumberedAnew(before, after) && numberedAnew(before)) }
  await tx
    .update(schools)
    .set({ ...set, version: after.version })
    .where(eq(schools.id, before.id))
  return [{ entity: 'school', before, after }]
}

const changed = { deed: 'change', about: 'school' } as const

export function setSchool(ctx: MutationContext, settings: SchoolSettings) {
  return mutate(
    ctx,
    changed,
    async (tx) => writeSchool(tx, await schoolRow(tx, ctx.school.id), given(settings)),
    async (tx) => (await tx.select().from(schools).where(eq(schools.id, ctx.school.id)))[0],
  )
}

/** Throws `school.stale`, with who was faster, unless the school has the version somebody saw. */
export function updateSchool(ctx: MutationContext, { version, weekdays, ...fields }: UpdateSchoolInput) {
  return mutate(
    ctx,
    changed,
    async (tx) => {
      const before = await schoolRow(tx, ctx.school.id)
      if (before.version !== version) {
        const changes = await changesSince(tx, ctx.school.id, 'school', String(ctx.school.id), version)
        throw new DomainError('school.stale', { changes })
      }
      const days = weekdays && { weekdays: weekdays.toSorted().join('') }
      return writeSchool(tx, before, { ...given(fields), ...days } as SchoolFields)
    },
    (tx) => readSchool(tx, ctx),
  )
}
