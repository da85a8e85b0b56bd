import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'

test('ids are UUIDs of version 7, each once, and those of one process ascend', () => {
  const before = Date.now()
  const ids = Array.from({ length: 20_000 }, newId)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const at = Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)
  expect(at).toBeGreaterThanOrEqual(before)
  expect(at).toBeLessThanOrEqual(Date.now())
  // The last 62 bits of each are drawn anew.
  expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(ids.length)
})
