import type { Column, SQL } from 'drizzle-orm'
import { and, sql } from 'drizzle-orm'
import { contains } from '../../db/kit.ts'
import type { Context } from '../context.ts'
import { searchWords } from '../people.ts'
import { scopeValues } from '../scope.ts'

const p = sql.placeholder

/** What was typed, folded. Commas don't count: lists write 'Abara, Amara'. */
export const wordsOf = (text: string): string[] => searchWords(text.replaceAll(',', ' '))

/** The sort name begins with the word of this index; an index on it can answer. */
export const begins = (sortName: Column, index: number): SQL =>
  sql`(${sortName} >= ${p(`word${index}`)} and ${sortName} < ${p(`beyond${index}`)})`

/**
 * How well the words fit a column that holds them, the best first: as whole words, as the beginning of one, each as the
 * beginning of one, anywhere inside.
 */
export function rank(column: Column, words: number): SQL<number> {
  const spaced = sql`' ' || ${column} || ' '`
  const begun = Array.from({ length: words }, (_, index) => contains(spaced, p(`begin${index}`)))
  return sql<number>`case
    when ${contains(spaced, p('whole'))} then 0
    when ${contains(spaced, p('begin'))} then 1
    when ${and(...begun)} then 2
    else 3 end`
}

/** What `holds`, `begins`, `rank` and the conditions of scope ask for. */
export const valuesOf = ({ school, actor }: Context, words: string[]): Record<string, unknown> => ({
  ...scopeValues(actor),
  ...Object.fromEntries(
    words.flatMap((word, index) => [
      [`word${index}`, word],
      [`begin${index}`, ` ${word}`],
      [`beyond${index}`, `${word}\u{10ffff}`],
    ]),
  ),
  schoolId: school.id,
  begin: ` ${words.join(' ')}`,
  whole: ` ${words.join(' ')} `,
})
