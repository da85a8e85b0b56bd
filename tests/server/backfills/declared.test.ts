import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { declaredBackfills } from '../../../server/backfills/declared.ts'
import { stepNumber } from '../../../server/runtime/schema-range.ts'

const names = declaredBackfills.map(({ name }) => name)
const files = ['sqlite', 'postgresql'].flatMap((dialect) =>
  readdirSync(join('drizzle', dialect))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ name: `${dialect}/${name}`, content: readFileSync(join('drizzle', dialect, name), 'utf8') })),
)
const named = (line: RegExp) =>
  files.flatMap(({ name, content }) => [...content.matchAll(line)].map(([, what = '']) => ({ name, what })))

test('each backfill has a name of its own and a step that is there', () => {
  expect(new Set(names).size).toBe(names.length)
  for (const { since } of declaredBackfills) expect(stepNumber(since)).toBeGreaterThan(0)
})

test('a step waits only for what is declared', () => {
  const strange = named(/^-- after backfill:(.*)$/gm).filter(({ what }) => !names.includes(what.trim()))
  expect(strange, 'declare it in server/backfills/declared.ts').toEqual([])
  for (const { what } of named(/^-- needs servers from:(.*)$/gm)) expect(stepNumber(what.trim())).toBeGreaterThan(0)
})
