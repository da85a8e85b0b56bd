import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownSteps, steps } from './own-steps.ts'

test('a checkout with other ends of lines has the same steps', () => {
  const mine = ownSteps()
  const up = steps('-- no-transaction\n-- rows may go: rooms\n-- irreversible: gone\nselect 1\n  + 1', 'select 2')
  const tag = mine.add('lines', up)
  writeFileSync(join(mine.own, `${tag}.down.sql`), steps('select 3', 'select 4\n'))
  const before = mine.files()
  for (const { name } of before)
    for (const file of [`${name}.sql`, `${tag}.down.sql`].map((each) => join(mine.own, each)))
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/\r?\n/g, '\r\n'))
  expect(mine.files()).toEqual(before)
  expect(before.at(-1)).toMatchObject({ isBare: true, mayLoseRows: ['rooms'], irreversible: 'gone' })
  mine.remove()
})
