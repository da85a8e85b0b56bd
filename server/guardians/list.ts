import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/database.ts'
import { contains } from '../../db/kit.ts'
import { prepared } from '../../db/prepared.ts'
import { guardians, studentGuardians } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { searchWords } from '../people.ts'
import { countOf } from '../records/in-use.ts'
import { everyRow } from '../records/many.ts'
import type { CountGuardiansInput, ListGuardiansInput } from './input.ts'
import type { GuardianRow } from './kind.ts'

const p = sql.placeholder

/** However its digits are set apart, a phone number is one word: '614-555' finds '(614) 555-0100'. */
const wordsOf = (search: string): string[] =>
  /^[\s\d+()./-]*\d[\s\d+()./-]*$/.test(search) ? [search.replace(/\D/g, '')] : searchWords(search)

interface Filter {
  words: number
  archived: boolean
}
const filterOf = ({ archived }: CountGuardiansInput, words: string[]): Filter => ({ words: words.length, archived })
const filterValues = ({ school }: Context, words: string[]) => ({
  ...Object.fromEntries(words.map((word, index) => [`word${index}`, word])),
  schoolId: school.id,
})
const matching = ({ words, archived }: Filter) =>
  and(
    eq(guardians.schoolId, p('schoolId')),
    archived ? and(isNotNull(guardians.archivedAt), isNull(guardians.erasedAt)) : isNull(guardians.archivedAt),
    ...Array.from({ length: words }, (_, index) => contains(guardians.searchText, p(`word${index}`))),
  )

const page = prepared((db, text: string) => {
  const shape = JSON.parse(text) as Filter & { descending: boolean; continued: boolean }
  const beyond = shape.descending ? sql`<` : sql`>`
  const after = sql`(${guardians.sortName}, ${guardians.id}) ${beyond} (${p('name')}, ${p('id')})`
  const direction = shape.descending ? desc : asc
  return db
    .select({
      id: guardians.id,
      givenName: guardians.givenName,
      familyName: guardians.familyName,
      preferredName: guardians.preferredName,
      email: guardians.email,
      phone: guardians.phone,
      students: countOf(db, studentGuardians, guardians.schoolId, eq(studentGuardians.guardianId, guardians.id)),
      version: guardians.version,
      sortName: guardians.sortName,
    })
    .from(guardians)
    .where(and(matching(shape), shape.continued ? after : undefined))
    .orderBy(direction(guardians.sortName), direction(guardians.id))
    .limit(p('limit'))
})

/** One page by family name, and the cursor of the next; null at the end. */
export async function listGuardians(ctx: Context, input: ListGuardiansInput) {
  const words = wordsOf(input.search)
  const shape = {
    ...filterOf(input, words),
    descending: input.descending,
    continued: Boolean(input.cursor),
  }
  const values = { ...filterValues(ctx, words), ...input.cursor, limit: input.limit + 1 }
  const found = await page(ctx.db, JSON.stringify(shape), values)
  const rows = found.slice(0, input.limit).map(({ sortName: _, ...row }) => row)
  const last = found.length > input.limit ? found[input.limit - 1] : undefined
  return { rows, next: last ? { key: '', name: last.sortName, id: last.id } : null }
}

const whole = prepared((db, text: string) =>
  db
    .select()
    .from(guardians)
    .where(and(matching(JSON.parse(text) as Filter), gt(guardians.id, p('after'))))
    .orderBy(asc(guardians.id))
    .limit(p('limit')),
)

/** The whole rows of all guardians that a list with these filters has, for changing them; by id. */
export function guardiansOfList(db: Reader, ctx: Context, input: CountGuardiansInput): Promise<GuardianRow[]> {
  const words = wordsOf(input.search)
  const filter = JSON.stringify(filterOf(input, words))
  const values = filterValues(ctx, words)
  return everyRow(async (place) => (await whole(db, filter, { ...values, ...place })) as GuardianRow[])
}

const counted = prepared((db, text: string) =>
  db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(guardians)
    .where(matching(JSON.parse(text) as Filter)),
)

/** How many guardians a list with these filters has. */
export async function countGuardians(ctx: Context, input: CountGuardiansInput): Promise<number> {
  const words = wordsOf(input.search)
  const [row] = await counted(ctx.db, JSON.stringify(filterOf(input, words)), filterValues(ctx, words))
  return row?.count ?? 0
}
