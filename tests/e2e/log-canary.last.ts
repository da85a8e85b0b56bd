/** Runs when every browser test has ended. */
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { keptLines, marks } from './log-canary.ts'

test('after a day of work in the browser nothing about a person stands in any log', () => {
  const lines = keptLines(join(process.env.HOMEROOM_BROWSER_TESTS ?? '', 'logs'))
  const procedures = new Set(lines.flatMap((line) => (JSON.parse(line) as { procedures?: string[] }).procedures ?? []))
  expect(procedures.size).toBeGreaterThan(0)
  const told = lines.filter((line) =>
    marks.some((mark) => (typeof mark === 'string' ? line.includes(mark) : mark.test(line))),
  )
  expect(told).toEqual([])
})
