import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Scratch } from '../../../db/scratch/scratch.ts'
import { SortedKeys } from '../../../db/scratch/sorted-keys.ts'

/** With no room in memory everything lies on disk at once, with a little now this and now that. */
const rooms = { memory: undefined, disk: 0, both: 20_000 }

test.each(Object.entries(rooms))(
  'what lies under a key is found in order, and nothing of its neighbors: %s',
  (_, most) => {
    const scratch = new Scratch(most)
    const shelf = scratch.shelf<number>()
    for (let n = 0; n < 1200; n++) shelf.put(['a', String(n).padStart(4, '0')], n)
    for (const key of [['a'], ['a!', 'x'], ['ab', 'x'], ['A', 'x'], ['', 'x']]) shelf.put(key, -1)
    expect([...shelf.under('a')].map(([, value]) => value)).toEqual(Array.from({ length: 1200 }, (_, n) => n))
    expect([...shelf.under('')]).toEqual([[['x'], -1]])
    expect([...shelf.under('none')]).toEqual([])
    scratch.close()
  },
)

test.each(Object.entries(rooms))(
  'rows come out in the order in which their keys came, also while others are put: %s',
  (_, most) => {
    const scratch = new Scratch(most)
    const shelf = scratch.shelf<string>()
    for (let n = 600; n > 0; n--) shelf.put(String(n), 'first')
    const seen: string[] = []
    for (const [key] of shelf.entries()) {
      seen.push(key)
      shelf.put(key, 'again, and longer than before')
    }
    expect(seen).toEqual(Array.from({ length: 600 }, (_, n) => String(600 - n)))
    expect([shelf.count(), shelf.get('7'), shelf.add('7', 'third'), shelf.has('7')]).toEqual([
      ...[600, 'again, and longer than before', false, true],
    ])
    scratch.close()
  },
)

test.each(Object.entries(rooms))(
  'a pile of a few values or of many gives what has the lowest rank first, and nothing once it is cleared: %s',
  (_, most) => {
    const scratch = new Scratch(most)
    const pile = scratch.pile<number[]>()
    for (const each of [2, 500, 3]) {
      for (let n = 0; n < each; n++) for (const rank of [2, 1]) pile.add(rank, [1000 * rank + n])
      const ofRank = (rank: number) => Array.from({ length: each }, (_, n) => [1000 * rank + n])
      expect([pile.isEmpty, ...pile]).toEqual([false, ...ofRank(1), ...ofRank(2)])
      pile.clear()
      expect([pile.isEmpty, ...pile]).toEqual([true])
    }
    scratch.close()
  },
)

test('a shelf that goes to disk while it is read gives every row once', () => {
  const scratch = new Scratch(40_000)
  const [shelf, other] = [scratch.shelf<number>(), scratch.shelf<string>()]
  for (let n = 0; n < 300; n++) shelf.put(['row', String(n)], n)
  const fill = () => {
    for (let n = 0; n < 40; n++) other.put(String(n), 'x'.repeat(900))
  }
  const all = Array.from({ length: 300 }, (_, n) => n)
  const inOrder: number[] = []
  for (const [, value] of shelf.entries()) {
    if (inOrder.push(value) === 100) fill()
  }
  expect(inOrder).toEqual(all)
  expect([...shelf.under('row')].map(([, value]) => value).toSorted((a, b) => a - b)).toEqual(all)
  scratch.close()
})

const part = fc.constantFrom('a', 'b', 'ab', '', 'é', '\u{1f600}', '\uffee')
const key = fc.tuple(part, part)
const act = fc.oneof(
  fc.record({ verb: fc.constantFrom('put' as const, 'add' as const), key, value: fc.string({ maxLength: 40 }) }),
  fc.record({ verb: fc.constantFrom('delete' as const, 'get' as const, 'under' as const, 'entries' as const), key }),
)

test('however much room memory has, shelves answer alike', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), fc.integer({ min: 0, max: 1500 }), (acts, most) => {
      const answers = [undefined, 0, most].map((room) => {
        const scratch = new Scratch(room)
        const [shelf, other] = [scratch.shelf<string>(), scratch.shelf<string>()]
        const told = acts.map((one) => {
          if (one.verb === 'put') return shelf.put(one.key, one.value)
          if (one.verb === 'add') return [shelf.add(one.key, one.value), other.add(one.key, one.value)]
          if (one.verb === 'delete') return shelf.delete(one.key)
          if (one.verb === 'get') return [shelf.get(one.key), shelf.has(one.key), other.get(one.key), shelf.isEmpty]
          if (one.verb === 'under') return [[...shelf.under(one.key[0])], [...other.under(one.key[0])], shelf.count()]
          return [[...shelf.entries()], [...other.entries()]]
        })
        scratch.close()
        return told
      })
      expect(answers[1]).toEqual(answers[0])
      expect(answers[2]).toEqual(answers[0])
    }),
  )
})

test('keys are sorted as SQLite sorts them, whatever comes first', () => {
  const end = '\u{10ffff}'.repeat(4)
  const short = fc.string({ unit: 'binary', minLength: 1, maxLength: 2 })
  const order = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other))
  fc.assert(
    fc.property(fc.array(short, { minLength: 40, maxLength: 60 }), fc.nat(60), (parts, begin) => {
      const all = [...new Set(parts.flatMap((one) => parts.slice(0, 30).map((other) => `${one}${other}`)))]
      const sorted = new SortedKeys(all.slice(0, begin))
      for (const one of all.slice(begin)) sorted.add(one)
      for (const one of all.slice(0, 100)) sorted.delete(one)
      const left = all.slice(100).toSorted(order)
      expect(sorted.between('', end, 2000)).toEqual(left)
      expect(sorted.between(left[10] ?? '', left[700] ?? end, 500)).toEqual(left.slice(11, 700).slice(0, 500))
    }),
    { numRuns: 3 },
  )
})
