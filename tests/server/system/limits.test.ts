/** What the docs say of the limits is what the page goes by. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { limits, manyPeople, rule } from '../../../server/system/limits.ts'

const text = readFileSync('docs/when-to-move.md', 'utf8').replace(/\s+/g, ' ')

test('the docs have the limits of the page', () => {
  const { waiting, machine, size, backup } = limits
  const [gib, minute] = [1024 ** 3, 60_000]
  expect(text).toContain(`| ${waiting.watch} ms | ${waiting.worth} ms, with more than one school |`)
  expect(text).toContain(`| ${machine.watch}% | ${machine.worth}%, and each processor has a process |`)
  expect(text).toContain(`within five minutes | ${manyPeople} | never by itself |`)
  expect(text).toContain(`| ${size.watch / gib} GiB, or ${backup.watch / minute} minutes |`)
  expect(text).toContain(`| ${size.worth / gib} GiB, or ${backup.worth / minute / 60} hours |`)
  expect(text).toContain(`on ${rule.days} of the last ${rule.of} days`)
})
