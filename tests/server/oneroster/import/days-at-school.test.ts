import { expect, test } from 'vitest'
import { as, makePerson, now } from '../../../setup/people.ts'
import { found, importFiles, schoolOf, smallSchool, usersFile } from '../bundle.ts'

const on = (day: string) => ({ now: new Date(`2026-11-${day}T09:00:00Z`) })
const bundle = (org: string, enabled: boolean, grade = '9') =>
  smallSchool(org, {
    'users.csv': usersFile(
      `s1,,${enabled},${org},student,Amara,Abara,100,,${grade}`,
      `t1,,true,${org},teacher,Lee,Park,,lee@school.example,`,
    ),
  })

/** A student of the bundle, whose first day at the school somebody has entered. */
async function pupil(org: string) {
  await importFiles(bundle(org, true))
  const school = await schoolOf(org)
  if (!school) throw new Error('nothing was imported')
  const { id } = await found('students', org, 's1')
  const office = await makePerson(school, 'registrar')
  await as(office).schoolEnrollments.create({ studentId: id, beginDate: '2026-09-01' })
  return {
    id,
    days: () => as(office).schoolEnrollments.list({ studentId: id }),
    shown: async (at = { now }) => as(office, at).students.get({ id }),
    leave: async (endDate: string) => {
      const [row] = await as(office).schoolEnrollments.list({ studentId: id })
      const seen = { id: row?.id ?? '', version: row?.version ?? 0 }
      const how = { endDate, exitType: 'transferred' as const, endsClasses: false }
      return as(office).schoolEnrollments.leave({ studentId: id, seen, ...how })
    },
  }
}

test('a bundle invents no days: who has none counts by the status that it says', async () => {
  await importFiles(bundle('none', false))
  const school = await schoolOf('none')
  const office = school && (await makePerson(school, 'registrar'))
  const { id } = await found('students', 'none', 's1')
  if (!office) throw new Error('nothing was imported')
  expect(await as(office).students.get({ id })).toMatchObject({ status: 'inactive', gradeLevel: '09' })
  expect(await as(office).schoolEnrollments.list({ studentId: id })).toEqual([])
})

test('who is inactive in the bundle was there for the last time on the day before', async () => {
  const her = await pupil('gone')
  await importFiles(bundle('gone', false), on('20'))
  expect(await her.days()).toMatchObject([{ beginDate: '2026-09-01', endDate: '2026-11-19', exitType: null }])
  expect(await her.shown()).toMatchObject({ status: 'inactive' })
})

test('what a bundle has ended, a bundle begins again', async () => {
  const her = await pupil('again')
  await importFiles(bundle('again', false), on('20'))
  await importFiles(bundle('again', true), on('20'))
  expect(await her.days()).toMatchObject([{ beginDate: '2026-09-01', endDate: null }])
  await importFiles(bundle('again', false), on('20'))
  await importFiles(bundle('again', true), on('24'))
  expect(await her.days()).toMatchObject([
    { beginDate: '2026-11-24', endDate: null, entryType: null },
    { beginDate: '2026-09-01', endDate: '2026-11-19' },
  ])
  expect(await her.shown(on('24'))).toMatchObject({ status: 'active' })
})

test('whom people let go stays gone, night after night, and the report says so', async () => {
  const her = await pupil('left')
  await her.leave('2026-11-13')
  for (const day of ['20', '21']) {
    const { texts, totals } = await importFiles(bundle('left', true), on(day))
    expect(texts.warnings.join()).toContain('somebody here has entered that this student is not at the school today')
    expect(totals.student).toMatchObject({ changed: 0, same: 1 })
  }
  expect(await her.shown()).toMatchObject({ status: 'inactive' })
  expect(await her.days()).toHaveLength(1)
})

test('a coming last day stays while the bundle still calls her active', async () => {
  const her = await pupil('coming')
  await her.leave('2026-11-27')
  expect((await importFiles(bundle('coming', true), on('24'))).texts.warnings).toEqual([])
  expect(await her.days()).toMatchObject([{ endDate: '2026-11-27', exitType: 'transferred' }])
  expect((await importFiles(bundle('coming', true), on('28'))).texts.warnings).toHaveLength(1)
  expect(await her.shown(on('28'))).toMatchObject({ status: 'inactive' })
})

test('the grade of the bundle is today’s grade in her days', async () => {
  const her = await pupil('grade')
  await importFiles(bundle('grade', true, '10'))
  expect(await her.shown()).toMatchObject({ status: 'active', gradeLevel: '10' })
  expect(await her.days()).toMatchObject([{ gradeLevel: '10' }])
})
