import { expect, test } from 'vitest'
import { as } from '../../setup/people.ts'
import { api, enroll, later, makeClass, makeStudents, registrar, rowOf, today, withdraw } from '../../setup/school.ts'
import { seated, standings, statusesTold, view, wait, waiting } from './art-class.ts'

test('a freed seat goes to who waits first, once, and the journal says so', async () => {
  const { id } = await makeClass(1)
  const [a = '', b = '', c = ''] = await makeStudents(3)
  await wait(id, a, b, c)
  expect(await standings(id)).toEqual(['enrolled', 'waitlisted', 'waitlisted'])
  expect(await withdraw(id, a)).toMatchObject({ promoted: [{ studentId: b, familyName: expect.any(String) }] })
  expect(await seated(id)).toEqual([b])
  expect(await waiting(id)).toEqual([c])
  const row = await rowOf(id, b)
  expect(row).toMatchObject({ beginDate: today, waitlistPosition: null })
  expect(await statusesTold(row.id)).toEqual([
    { from: undefined, to: 'waitlisted' },
    { from: 'waitlisted', to: 'enrolled' },
  ])
})

test('the line keeps its order, whoever leaves it', async () => {
  const { id } = await makeClass(0)
  const [a = '', b = '', c = '', d = ''] = await makeStudents(4)
  await wait(id, c)
  await wait(id, a)
  await wait(id, b)
  await withdraw(id, a)
  await wait(id, d)
  await wait(id, a)
  expect(await waiting(id)).toEqual([c, b, d, a])
})

test('a place in line is given once: even the last who left has hers to herself', async () => {
  const { id } = await makeClass(0)
  const students = await makeStudents(3)
  const given: (number | null)[] = []
  for (const student of students) {
    await wait(id, student)
    given.push((await rowOf(id, student)).waitlistPosition)
    await withdraw(id, student)
  }
  expect(new Set(given)).toHaveLength(3)
})

test('who leaves the line leaves no days on the roster', async () => {
  const { id } = await makeClass(0)
  const [a = ''] = await makeStudents(1)
  await wait(id, a)
  expect(await withdraw(id, a)).toMatchObject({ status: 'withdrawn', waitlistPosition: null })
  expect((await view(id)).roster).toEqual([])
})

test('asking twice keeps the place in line', async () => {
  const { id } = await makeClass(0)
  const [a = '', b = ''] = await makeStudents(2)
  await wait(id, a, b)
  expect((await wait(id, a)).outcomes).toMatchObject([{ outcome: 'already' }])
  expect(await waiting(id)).toEqual([a, b])
})

test('more seats are given to those who wait, in the same step', async () => {
  const { id, version } = await makeClass(1)
  const [a = '', b = '', c = '', d = ''] = await makeStudents(4)
  await wait(id, a, b, c, d)
  const more = await as(registrar).classes.update({ id, version, capacity: 3 })
  expect(more).toMatchObject({ taken: 3, waiting: 1 })
  expect(await seated(id)).toEqual([a, b, c])
  await as(registrar).classes.update({ id, version: more.version, capacity: null })
  expect(await seated(id)).toEqual([a, b, c, d])
})

test('a wish to begin later is kept when the seat comes early', async () => {
  const { id } = await makeClass(1)
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(id, [a])
  await enroll(id, [b], { waitlist: true, beginDate: '2027-01-11' })
  await withdraw(id, a)
  expect(await rowOf(id, b)).toMatchObject({ status: 'enrolled', beginDate: '2027-01-11' })
})

test('a day given up by an archived record does not keep anybody out', async () => {
  const { id } = await makeClass(1)
  const [a = '', b = ''] = await makeStudents(2)
  await wait(id, a, b)
  await withdraw(id, b)
  await as(registrar, later(-3)).classes.enroll({ classId: id, studentIds: [b], waitlist: true })
  await withdraw(id, a)
  expect(await rowOf(id, b)).toMatchObject({ status: 'enrolled', beginDate: today })
})

test('nobody moves up while the class is archived; they do when it comes back', async () => {
  const { id, version } = await makeClass(1)
  const [a = '', b = ''] = await makeStudents(2)
  await wait(id, a, b)
  const { version: archived } = await as(registrar).classes.archive({ id, version, standing: 'keep' })
  await withdraw(id, a)
  expect(await waiting(id)).toEqual([b])
  await as(registrar).classes.restore({ id, version: archived })
  expect(await seated(id)).toEqual([b])
})

test('seats that become free in many classes at once go to the first in each line, archived students passed over', async () => {
  const [a = '', b = '', c = '', gone = ''] = await makeStudents(4)
  const made = await Promise.all([0, 0, 0].map((capacity) => makeClass(capacity)))
  const [first, second, third] = made.map(({ id }) => id) as [string, string, string]
  await wait(first, gone, a, b)
  await wait(second, b, a)
  await wait(third, c)
  const student = await api().students.get({ id: gone })
  await api().students.archive({ id: gone, version: student.version, standing: 'keep' })
  const items = await Promise.all([first, second].map(async (id) => ({ id, version: (await view(id)).version })))
  await api().classes.updateMany({ items, set: { capacity: 1 } })
  expect(await seated(first)).toEqual([a])
  expect(await waiting(first)).toEqual([gone, b])
  expect(await seated(second)).toEqual([b])
  expect(await waiting(third)).toEqual([c])
})
