import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { classes } from '../../../db/schema/index.ts'
import { as, makePerson, writeInSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, enroll, makeClass, makeStudents, school, withdraw } from '../../setup/school.ts'

let biology: Awaited<ReturnType<typeof makeRecords>>
beforeAll(async () => {
  biology = await makeRecords(school, 'Biology')
  const chemistry = await makeRecords(school, 'Chemistry')
  await api().academicSessions.update({
    id: chemistry.academicSessionId,
    version: 1,
    startDate: '2027-01-05',
    endDate: '2027-04-01',
  })
  const { courseId, departmentId, classId, roomId } = biology
  await api().courses.update({ id: courseId, version: 1, departmentId })
  await api().classes.update({ id: classId, version: 1, roomId })
})

const narrowings = ['academicSessionId', 'courseId', 'roomId', 'instructorId', 'departmentId'] as const

test.each(narrowings)('the list narrowed by %s holds what belongs there, and counts it', async (name) => {
  const { list, count } = api().classes
  const wanted = { [name]: biology[name] }
  expect((await list(wanted)).rows.map(({ title }) => title)).toEqual(['Biology'])
  expect(await count(wanted)).toBe(1)
  expect(await count({ ...wanted, search: 'chem' })).toBe(0)
  expect(await count({ [name]: newId() })).toBe(0)
})

test('a class offered in the whole year is offered in each of its terms, and the year has what its terms have', async () => {
  const days = { startDate: '2026-09-01', endDate: '2027-07-20' }
  const year = await api().academicSessions.create({ title: '2026/27', type: 'schoolYear', ...days })
  await api().classes.create({ title: 'Homeroom', academicSessionIds: [year.id] })
  const titles = async (academicSessionId: string) =>
    (await api().classes.list({ academicSessionId })).rows.map(({ title }) => title)
  expect(await titles(biology.academicSessionId)).toEqual(['Biology', 'Homeroom'])
  expect(await titles(year.id)).toEqual(['Biology', 'Chemistry', 'Homeroom'])
})

test('an instructor narrows what they teach, and never sees more of it', async () => {
  const { id } = (await api().instructors.list({})).find(({ familyName }) => familyName === 'Chemistry') ?? {}
  const chemist = await makePerson(school, 'instructor', id)
  expect(await as(chemist).classes.count({})).toBe(1)
  expect(await as(chemist).classes.count({ instructorId: biology.instructorId })).toBe(0)
})

test('classes have seats left or are full: one over its capacity is full, one without a capacity is not', async () => {
  const seated = (title: string, capacity: number | null) => makeClass(capacity, { title: `${title} seats` })
  const [empty, full, over] = [await seated('Empty', 1), await seated('Full', 1), await seated('Over', 2)]
  await seated('Unlimited', null)
  const [first = '', second = ''] = await makeStudents(2)
  await enroll(full.id, [first])
  await enroll(over.id, [first, second])
  // An import may say so.
  await writeInSchool(school.id, async (tx) => {
    await tx.update(classes).set({ capacity: 1 }).where(eq(classes.id, over.id))
    return []
  })
  const titles = async (seats: 'left' | 'full', who = api()) => {
    const asked = { search: 'seats', seats }
    const { rows } = await who.classes.list(asked)
    expect(await who.classes.count(asked)).toBe(rows.length)
    return rows.map(({ title }) => title.replace(' seats', ''))
  }
  expect([await titles('left'), await titles('full')]).toEqual([
    ['Empty', 'Unlimited'],
    ['Full', 'Over'],
  ])
  await withdraw(full.id, first)
  await enroll(empty.id, [first])
  expect([await titles('left'), await titles('full')]).toEqual([
    ['Full', 'Unlimited'],
    ['Empty', 'Over'],
  ])
  expect(await titles('left', as(await makePerson(school, 'instructor', biology.instructorId)))).toEqual([])
})
