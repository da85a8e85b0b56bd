/** The lists of words that columns and inputs take, by the name of the field. */
import type { Column } from 'drizzle-orm'
import { getTableColumns, is, SQL } from 'drizzle-orm'
import { tableConfig } from '../../db/kit.ts'
import * as schema from '../../db/schema/index.ts'
import type { Json } from '../setup/json-schema.ts'
import { jsonOf } from '../setup/json-schema.ts'
import { inputOf, objectsIn, procedures } from '../setup/sample-input.ts'

let lists: Map<string, string[][]> | undefined

function add(key: string, list: readonly string[]): void {
  const known = lists?.get(key) ?? []
  if (list.length > 1 && !known.some((one) => one.join() === list.join())) lists?.set(key, [...known, [...list]])
}

const textOf = (part: unknown): string =>
  is(part, SQL) ? part.queryChunks.map(textOf).join('') : ((part as { value?: string[] }).value?.join('') ?? '')

function ofColumns(): void {
  for (const table of Object.values(schema)) {
    const columns = Object.entries(getTableColumns(table)) as [string, Column][]
    for (const { name, value } of tableConfig(table).checks) {
      const words = [...textOf(value).matchAll(/'([^']*)'/g)].map(([, word = '']) => word)
      const [key] = columns.find(([, column]) => name.endsWith(`_${column.name}_known`)) ?? []
      if (key) add(key, words)
    }
  }
}

const wordsIn = ({ enum: words, anyOf = [] }: Json): string[] =>
  [...(words ?? []), ...anyOf.flatMap((part) => part.enum ?? [])].filter((word) => typeof word === 'string')
function ofInputs(): void {
  for (const [, procedure] of procedures) {
    const input = inputOf(procedure)
    for (const { properties = {} } of input ? objectsIn(jsonOf(input)) : [])
      for (const [key, json] of Object.entries(properties)) add(key, wordsIn(json))
  }
}

export function listsFor(key: string): readonly (readonly string[])[] {
  if (!lists) {
    lists = new Map()
    ofColumns()
    ofInputs()
  }
  return lists.get(key) ?? []
}
