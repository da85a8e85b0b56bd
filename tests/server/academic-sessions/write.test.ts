import { expect, test } from 'vitest'
import { refusal } from '../../setup/answers.ts'
import { as, makePerson, makeSchool } from '../../setup/people.ts'
import { api, makeTerm } from '../../setup/school.ts'

const open = (
  title: string,
  type: 'schoolYear' | 'semester' | 'term',
  [startDate, endDate]: [string, string],
  parentId: string | null = null,
) => makeTerm(title, { type, startDate, endDate, parentId })

test('a term lies within the year above it', async () => {
  const year = await open('2026/27', 'schoolYear', ['2026-09-01', '2027-07-20'])
  await expect(open('Late', 'term', ['2027-05-01', '2027-08-01'], year.id)).rejects.toMatchObject(
    refusal('academicSession.dates_outside'),
  )
  const term = await open('Summer', 'term', ['2027-05-01', '2027-07-01'], year.id)
  expect(term).toMatchObject({ parentTitle: '2026/27' })
  const { id, version } = term
  await expect(api().academicSessions.update({ id, version, endDate: '2027-07-30' })).rejects.toMatchObject(
    refusal('academicSession.dates_outside'),
  )
})

test('a year is not shortened past the terms in it, and only the longer stands above the shorter', async () => {
  const year = await open('2027/28', 'schoolYear', ['2027-09-01', '2028-07-20'])
  const term = await open('Autumn', 'term', ['2027-09-01', '2027-12-18'], year.id)
  await expect(
    api().academicSessions.update({ id: year.id, version: 1, startDate: '2027-09-15' }),
  ).rejects.toMatchObject(refusal('academicSession.leaves_out'))
  await expect(api().academicSessions.update({ id: year.id, version: 1, parentId: term.id })).rejects.toMatchObject(
    refusal('academicSession.parent_shorter'),
  )
  await expect(open('Own', 'term', ['2027-12-18', '2027-09-01'])).rejects.toMatchObject(
    refusal('academicSession.dates_order'),
  )
})

test('an instructor reads the terms without being told how much is offered in each', async () => {
  const school = await makeSchool('Instructors')
  const clerk = await makePerson(school, 'registrar')
  const instructor = await makePerson(school, 'instructor')
  await as(clerk).academicSessions.create({ title: 'T', type: 'term', startDate: '2026-09-01', endDate: '2026-12-01' })
  const [row] = await as(instructor).academicSessions.list()
  expect(row).toMatchObject({ title: 'T' })
  expect(row).not.toHaveProperty('classes')
  expect((await as(clerk).academicSessions.list())[0]).toMatchObject({ classes: 0 })
})
