import { expect, test } from 'vitest'
import { listDuplicates } from '../../../../server/students/duplicates/list.ts'
import { contextOf } from '../../../setup/people.ts'
import { api, registrar } from '../../../setup/school.ts'

const dates = [null, '2012-05-01', '2012-05-02', null, '2012-05-01', '2013-01-01', '2012-05-02']

interface One {
  id: string
  name: string
  birthDate: string | null
}
/** Each compared with each: what the list must say in less time. */
function everyPair(all: readonly One[]): string[] {
  const inOrder = all.toSorted((a, b) => (a.name + a.id < b.name + b.id ? -1 : 1))
  return inOrder.flatMap((one, place) =>
    inOrder
      .slice(place + 1)
      .filter(({ name, birthDate }) => {
        const isAlike = birthDate === one.birthDate || birthDate === null || one.birthDate === null
        return name === one.name && isAlike
      })
      .map(({ id }) => `${one.id} ${id}`),
  )
}

test('pairs of one name are counted and come in order, with and without birth dates, however many there are', async () => {
  const named = Array.from({ length: 105 }, (_, n) => ({
    name: ['Abara', 'Berg', 'Cole'][n % 3] ?? '',
    birthDate: n % 3 === 2 ? `2011-01-${10 + (n % 18)}` : (dates[n % dates.length] ?? null),
  }))
  const items = named.map(({ name, birthDate }) => ({ givenName: 'Kim', familyName: name, birthDate }))
  const { outcomes } = await api().students.createMany({ items })
  const all = named.map((one, index) => ({ ...one, id: String(outcomes[index]?.id) }))
  const expected = everyPair(all)
  expect(expected.length).toBeGreaterThan(500)
  for (const limit of [1, 40, 200, expected.length, expected.length + 1]) {
    const { count, pairs } = await listDuplicates(contextOf(registrar), limit)
    expect(count).toBe(expected.length)
    expect(pairs.map(({ one, other }) => `${one.id} ${other.id}`)).toEqual(expected.slice(0, limit))
  }
})
