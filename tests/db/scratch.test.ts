import { expect, test } from 'vitest'
import { Scratch } from '../../db/scratch.ts'

test('what lies under a key is found in order, and nothing of its neighbors', () => {
  const scratch = new Scratch()
  const shelf = scratch.shelf<number>()
  for (let n = 0; n < 1200; n++) shelf.put(['a', String(n).padStart(4, '0')], n)
  for (const key of [['a'], ['a!', 'x'], ['ab', 'x'], ['A', 'x'], ['', 'x']]) shelf.put(key, -1)
  expect([...shelf.under('a')].map(([, value]) => value)).toEqual(Array.from({ length: 1200 }, (_, n) => n))
  expect([...shelf.under('')]).toEqual([[['x'], -1]])
  expect([...shelf.under('none')]).toEqual([])
  scratch.close()
})

test('rows come out in the order in which their keys came, also while others are put', () => {
  const scratch = new Scratch()
  const shelf = scratch.shelf<string>()
  for (let n = 600; n > 0; n--) shelf.put(String(n), 'first')
  const seen: string[] = []
  for (const [key] of shelf.entries()) {
    seen.push(key)
    shelf.put(key, 'again')
  }
  expect(seen).toEqual(Array.from({ length: 600 }, (_, n) => String(600 - n)))
  expect([shelf.count(), shelf.get('7'), shelf.add('7', 'third'), shelf.get('7')]).toEqual([
    600,
    'again',
    false,
    'again',
  ])
  scratch.close()
})

test('a pile of a few values or of many gives what has the lowest rank first, and nothing once it is cleared', () => {
  const scratch = new Scratch()
  const pile = scratch.pile<number>()
  for (const each of [2, 50, 3]) {
    for (let n = 0; n < each; n++) for (const rank of [2, 1]) pile.add(rank, 100 * rank + n)
    const ofRank = (rank: number) => Array.from({ length: each }, (_, n) => 100 * rank + n)
    expect([pile.isEmpty, ...pile]).toEqual([false, ...ofRank(1), ...ofRank(2)])
    pile.clear()
    expect([pile.isEmpty, ...pile]).toEqual([true])
  }
  scratch.close()
})
