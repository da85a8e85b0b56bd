import { expect, test } from 'vitest'
import { KeyFilter } from '../../../db/scratch/key-filter.ts'

test('a key that was added is never said to be missing, and few others are looked for', () => {
  const filter = new KeyFilter()
  const keys = Array.from({ length: 100_000 }, (_, n) => `enrollment\0e${n}`)
  for (const key of keys) filter.add(key)
  expect(keys.every((key) => filter.mayHave(key))).toBe(true)
  const others = keys.filter((key) => filter.mayHave(key.replace('enrollment', 'classInstructor')))
  expect(others.length).toBeLessThan(keys.length / 50)
})
