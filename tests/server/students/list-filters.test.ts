import { expect, test } from 'vitest'
import type { ListStudentsInput } from '../../../server/students/input.ts'
import { as, makePerson } from '../../setup/people.ts'
import { api, enroll, makeClass, makeStudent, school } from '../../setup/school.ts'

const admin = await makePerson(school, 'administrator')
const setLevels = async (...codes: string[]) => {
  const { version } = await as(admin).schools.get()
  await as(admin).schools.update({ version, gradeLevels: codes.map((code) => ({ code, name: `Level ${code}` })) })
}
const named = (givenName: string, more: object = {}) => makeStudent({ givenName, familyName: 'Filter', ...more })
const ada = await named('Ada', { gradeLevel: '07' })
const ben = await named('Ben', { gradeLevel: 'Sixth form' })
const cyd = await named('Cyd')

type Query = Partial<Omit<ListStudentsInput, 'cursor'>>
/** The list and its count agree. */
async function found(query: Query, who = api()) {
  const { rows } = await who.students.list({ search: 'Filter', ...query })
  const { sort: _, descending: __, limit: ___, ...filter } = query
  expect(await who.students.count({ search: 'Filter', ...filter })).toBe(rows.length)
  return rows.map(({ givenName }) => givenName)
}

test('students of grade levels that the school’s list does not have are found', async () => {
  expect(await found({ withUnlistedGradeLevel: true })).toEqual(['Ben'])
  await setLevels('Sixth form')
  expect(await found({ withUnlistedGradeLevel: true })).toEqual(['Ada'])
  expect(await found({ withoutGradeLevel: true })).toEqual(['Cyd'])
  await api().schoolEnrollments.create({ studentId: ada.id, beginDate: '2026-09-01', gradeLevel: 'Sixth form' })
  expect(await found({ withUnlistedGradeLevel: true }), 'the grade of the day counts').toEqual([])
})

test('the students of a class are found, and those who left it are not', async () => {
  const { id: classId } = await makeClass()
  await enroll(classId, [ada.id, ben.id])
  expect(await found({ classId })).toEqual(['Ada', 'Ben'])
  const { roster } = await api().classes.get({ id: classId })
  const [row] = roster.filter(({ studentId }) => studentId === ben.id)
  await api().enrollments.withdraw({ id: row?.id ?? '', version: row?.version ?? 0, reason: 'moved' })
  expect(await found({ classId })).toEqual(['Ada'])
})

test('students with or without a guardian are found by those who may read guardians', async () => {
  const guardian = { givenName: 'Gil', familyName: 'Filter' }
  await api().studentGuardians.create({ studentId: ben.id, relation: 'father', guardian })
  expect(await found({ guardians: 'some' })).toEqual(['Ben'])
  expect(await found({ guardians: 'none' })).toEqual(['Ada', 'Cyd'])
  const viewer = as(await makePerson(school, 'viewer'))
  expect(await found({ guardians: 'some' }, viewer)).toEqual(['Ada', 'Ben', 'Cyd'])
})

test('students who came to the school on a day or later are found', async () => {
  await api().schoolEnrollments.create({ studentId: cyd.id, beginDate: '2026-11-02' })
  expect(await found({ enteredFrom: '2026-09-01' })).toEqual(['Ada', 'Cyd'])
  expect(await found({ enteredFrom: '2026-09-02' })).toEqual(['Cyd'])
  expect(await found({ enteredFrom: '2026-09-01', enteredTo: '2026-11-01' })).toEqual(['Ada'])
})
