import { table } from '../kit.ts'

export const installation = table('installation', (c) => ({
  /** Always 1: of two servers that start at once, one makes the row. */
  number: c.integer().primaryKey(),
  /** Part of the cookies' names, and so in lower case. */
  id: c.text(16).notNull(),
}))
