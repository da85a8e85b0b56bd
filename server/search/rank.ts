import type { Column, SQL } from 'drizzle-orm'
import { and, sql } from 'drizzle-orm'
import { asInDirectories, searchWords } from '../../db/folding.ts'
import { contains } from '../../db/kit.ts'
import { today } from '../calendar.ts'
import type { Context } from '../context.ts'
import { scopeValues } from '../scope.ts'

const p = sql.placeholder

/** Commas do not count: lists write 'Abara, Amara'. */
export const wordsOf = (text: string): string[] => searchWords(text.replaceAll(',', ' '))

/** An index on the sort name can answer this. */
export const begins = (sortName: Column, index: number): SQL =>
  sql`(${sortName} >= ${p(`sorted${index}`)} and ${sortName} < ${p(`beyond${index}`)})`

/** The order is whole words, the beginning of one, beginnings of several, anywhere. */
export function rank(column: Column, words: number): SQL<number> {
  const spaced = sql`' ' || ${column} || ' '`
  const begun = Array.from({ length: words }, (_, index) => contains(spaced, p(`begin${index}`)))
  return sql<number>`case
    when ${contains(spaced, p('whole'))} then 0
    when ${contains(spaced, p('begin'))} then 1
    when ${and(...begun)} then 2
    else 3 end`
}

export const valuesOf = (ctx: Context, words: string[]): Record<string, unknown> => ({
  ...scopeValues(ctx.actor),
  ...Object.fromEntries(
    words.flatMap((word, index) => [
      [`word${index}`, word],
      [`begin${index}`, ` ${word}`],
      [`sorted${index}`, asInDirectories(word)],
      [`beyond${index}`, `${asInDirectories(word)}\u{10ffff}`],
    ]),
  ),
  schoolId: ctx.school.id,
  today: today(ctx),
  begin: ` ${words.join(' ')}`,
  whole: ` ${words.join(' ')} `,
})
