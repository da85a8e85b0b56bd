/** Searching and ordering is alike for all kinds, whether the database does it or the program. */
import { expect, test } from 'vitest'
import { api, makeClass, makeInstructor, makeRoom, makeStudent } from '../../../setup/school.ts'

const spellings = [
  ['Sørby', 'sorby'],
  ['Łucja', 'lucja'],
  ['Weiß', 'weiss'],
  ['Þórdís', 'thordis'],
  ['D’Arcy', "d'arcy"],
  ['O´Hara', "o'hara"],
  ['O`Casey', 'ocasey'],
  ['Kaʻahu', "ka'ahu"],
  ['Lee‑Ann', 'lee-ann'],
  ['Kim–Park', 'kim-park'],
  ['Ma\u{200b}ri\u{ad}sa', 'marisa'],
] as const

test.each(spellings)('%s is found by %s, whatever kind of record it is', async (name, query) => {
  await makeStudent({ familyName: name })
  await makeInstructor({ familyName: name })
  await api().guardians.create({ givenName: 'Gil', familyName: name })
  await makeClass(null, { title: name })
  await api().courses.create({ title: name })
  await makeRoom({ name })
  const found = await api().search.find({ text: query })
  const { students, instructors, guardians, classes, courses, rooms } = found
  for (const kind of [students, instructors, guardians, classes, courses, rooms])
    expect(kind.length, JSON.stringify(found)).toBe(1)
  expect((await api().students.list({ search: query })).rows).toHaveLength(1)
  expect((await api().guardians.list({ search: query })).rows).toHaveLength(1)
  expect((await api().classes.list({ search: query })).rows).toHaveLength(1)
})

test('titles and numbers stand as people count, on either database and on every page', async () => {
  for (const n of ['10', '2', '1', '100']) {
    await makeClass(null, { title: `Zoology ${n}` })
    await api().courses.create({ title: `Zoology ${n}` })
    await makeRoom({ name: `Zoo ${n}` })
    await makeStudent({ familyName: 'Zoologist', number: `Z${n}` })
  }
  const counted = ['1', '2', '10', '100']
  const classes = await api().classes.list({ search: 'zoology' })
  expect(classes.rows.map(({ title }) => title)).toEqual(counted.map((n) => `Zoology ${n}`))
  const first = await api().classes.list({ search: 'zoology', limit: 2 })
  const second = await api().classes.list({ search: 'zoology', limit: 2, cursor: first.next })
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(classes.rows.map(({ id }) => id))
  const rooms = await api().rooms.list({})
  expect(rooms.map(({ name }) => name).filter((name) => name.startsWith('Zoo'))).toEqual(counted.map((n) => `Zoo ${n}`))
  const courses = await api().courses.list({})
  expect(courses.map(({ title }) => title).filter((title) => title.startsWith('Zoology'))).toEqual(
    counted.map((n) => `Zoology ${n}`),
  )
  for (const descending of [false, true]) {
    const page = { search: 'zoologist', sort: 'number' as const, descending, limit: 2 }
    const one = await api().students.list(page)
    const two = await api().students.list({ ...page, cursor: one.next })
    const numbers = [...one.rows, ...two.rows].map(({ number }) => number)
    expect(numbers).toEqual((descending ? counted.toReversed() : counted).map((n) => `Z${n}`))
  }
})

test('a class is found by any part of its number, and by no digits that it does not have', async () => {
  await makeClass(null, { title: 'Quilting 10b', code: 'QU-12' })
  const count = async (search: string) => (await api().classes.list({ search })).rows.length
  for (const text of ['quilting 10b', 'quilting 1', '10b', 'qu12', 'qu-1']) expect(await count(text), text).toBe(1)
  for (const text of ['quilting 0010', 'quilting 210', 'quilting 21']) expect(await count(text), text).toBe(0)
})
