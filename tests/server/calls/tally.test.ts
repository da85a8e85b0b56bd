import { afterAll, expect, test } from 'vitest'
import { Tally } from '../../../server/calls/tally.ts'
import { db } from '../../setup/people.ts'

afterAll(() => db.close())

test('what could not be written is written the next time, with what came meanwhile', async () => {
  const tally = new Tally<{ name: string; n: number }>(db, (sum, more) => {
    sum.n += more.n
  })
  const count = (name: string) => {
    tally.of(name, () => ({ name, n: 0 })).n++
  }
  const written: unknown[] = []
  const store = async (_: unknown, counted: readonly object[]) => void written.push(...counted)
  expect(await tally.write(store), 'nothing was counted').toEqual([])
  for (const name of ['b', 'a', 'a']) count(name)
  const failing = tally.write(async () => {
    count('a')
    count('c')
    throw new Error('away')
  })
  await expect(failing).rejects.toThrow('away')
  await tally.write(store)
  expect(written).toEqual([
    { name: 'a', n: 3 },
    { name: 'b', n: 1 },
    { name: 'c', n: 1 },
  ])
  expect(await tally.write(store)).toEqual([])
})
