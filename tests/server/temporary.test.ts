/** What is in the code for a time only has an owner and an end, and says so in the docs. */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { overdue, temporary } from '../../server/temporary.ts'

test('each has an owner, a date and an end after it, and the docs tell how it goes', () => {
  for (const { setting, owner, since, end, afterwards } of temporary) {
    expect(owner && afterwards).toBeTruthy()
    expect(since < end, setting).toBe(true)
    expect(readFileSync('docs/when-to-move.md', 'utf8')).toContain(`\`${setting}\``)
    expect(readFileSync('README.md', 'utf8')).toContain(`| \`${setting}\` |`)
  }
})

test('it is overdue from its end on, not a day before', () => {
  const [one] = temporary
  if (!one) throw new Error('nothing is temporary')
  const given = { ...one, end: '2027-02-28' }
  expect(overdue('2027-02-27', [given])).toEqual([])
  expect(overdue('2027-02-28', [given])).toEqual([given])
})

const due = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'tests/due.ts', ...args], { encoding: 'utf8' })

test('the command judges by a date, and fails only where something is overdue', () => {
  expect(due('--on', '2026-12-01')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Nothing is overdue on 2026-12-01'),
  })
  expect(due('--on', '2099-01-01')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('MOVE_PAGE is overdue'),
  })
  expect(due('--on', 'soon').status).toBe(2)
})
