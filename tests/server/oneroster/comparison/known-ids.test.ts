import { expect, test } from 'vitest'
import { Scratch } from '../../../../db/scratch/scratch.ts'
import { KnownIds } from '../../../../server/oneroster/comparison/known-ids.ts'

test.each([undefined, 0])('each school has its own record of an id, whatever it is called: room for %s', (most) => {
  const scratch = new Scratch(most)
  const ids = new KnownIds(scratch)
  expect(ids.get('class', 'c1', 'constructor')).toBeUndefined()
  ids.put('class', 'c1', '7', 'seven')
  ids.put('class', 'c1', 'constructor', 'eight')
  ids.put('class', 'c1', '7', 'nine')
  ids.put('course', 'c1', '7', 'ten')
  expect(ids.get('class', 'c1', 'constructor')).toBe('eight')
  expect([...ids.under('class')]).toEqual([
    { sourcedId: 'c1', school: 'constructor', id: 'eight' },
    { sourcedId: 'c1', school: '7', id: 'nine' },
  ])
  ids.delete('class', 'c1', '7')
  expect(ids.get('class', 'c1', '7')).toBeUndefined()
  expect(ids.get('course', 'c1', '7')).toBe('ten')
  scratch.close()
})
