import { expect, test } from 'vitest'
import { Recent } from '../../../db/scratch/recent.ts'

test('what is asked for again stays while others go, and what was taken out is gone', () => {
  const recent = new Recent<number>(3)
  recent.set('asked', 1)
  recent.set('left', 2)
  for (let n = 0; n < 20; n++) {
    recent.set(`other ${n}`, n)
    expect(recent.get('asked')).toBe(1)
  }
  expect(recent.get('left')).toBeUndefined()
  recent.delete('asked')
  expect(recent.get('asked')).toBeUndefined()
})
