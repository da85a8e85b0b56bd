import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { students } from '../../../db/schema/index.ts'
import { refusal } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { api, doing, later, makeStudent, school, today, undo } from '../../setup/school.ts'

const add = (studentId: string, beginDate: string, more: object = {}) =>
  api().schoolEnrollments.create({ studentId, beginDate, ...more })
const shown = async (id: string, at = {}) => {
  const { status, gradeLevel } = await api(at).students.get({ id })
  return { status, gradeLevel }
}
const stored = async (id: string) => {
  const [row] = await db.select().from(students).where(eq(students.id, id))
  return { status: row?.status, gradeLevel: row?.gradeLevel }
}

test('a student without days counts by her status', async () => {
  const { id } = await makeStudent({ status: 'inactive', gradeLevel: '05' })
  expect(await shown(id)).toEqual({ status: 'inactive', gradeLevel: '05' })
  expect(await api().schoolEnrollments.list({ studentId: id })).toEqual([])
})

test('the days make her active, with the grade that they name, and the student’s own record says the same', async () => {
  const { id } = await makeStudent({ status: 'inactive', gradeLevel: '05' })
  await add(id, '2026-09-01', { gradeLevel: '06' })
  expect(await shown(id)).toEqual({ status: 'active', gradeLevel: '06' })
  expect(await stored(id)).toEqual({ status: 'active', gradeLevel: '06' })
})

test('a coming last day takes effect on its day, though nobody writes then', async () => {
  const { id, familyName } = await makeStudent({ gradeLevel: '08' })
  await add(id, '2026-09-01', { endDate: '2026-11-22', exitType: 'transferred' })
  const active = (at: object) => api(at).students.count({ search: familyName, status: 'active' })
  expect([await active({}), await active(later(2)), await active(later(3))]).toEqual([1, 1, 0])
  expect(await shown(id, later(3))).toEqual({ status: 'inactive', gradeLevel: '08' })
})

test('a coming first day takes effect on its day, with its grade, in the list’s order and filter too', async () => {
  const { id, familyName } = await makeStudent({ gradeLevel: '08' })
  await add(id, '2026-09-01', { endDate: '2026-11-21', exitType: 'endOfYear' })
  await add(id, '2026-11-24', { gradeLevel: '09', entryType: 'nextYear' })
  expect(await shown(id, later(2))).toEqual({ status: 'inactive', gradeLevel: '08' })
  expect(await shown(id, later(4))).toEqual({ status: 'active', gradeLevel: '09' })
  const filter = { search: familyName, gradeLevel: '09', sort: 'grade' as const }
  expect((await api(later(4)).students.list(filter)).rows).toMatchObject([{ id, gradeLevel: '09', status: 'active' }])
  expect((await api().students.list(filter)).rows).toEqual([])
})

test('the day is the school’s: in Auckland the last day is over while it goes on in London', async () => {
  const { id } = await makeStudent()
  await add(id, '2026-09-01', { endDate: today })
  const evening = { now: new Date(`${today}T21:30:00Z`) }
  expect((await api(evening).students.get({ id })).status).toBe('active')
  const there = await makeSchool('Auckland')
  const office = await makePerson({ ...there, timeZone: 'Pacific/Auckland' }, 'registrar')
  const { id: other } = await as(office).students.create({ givenName: 'Ani', familyName: 'Auckland' })
  await as(office).schoolEnrollments.create({ studentId: other, beginDate: '2026-09-01', endDate: today })
  expect((await as(office, evening).students.get({ id: other })).status).toBe('inactive')
})

test('one student’s days never overlap, by whatever way they come', async () => {
  const { id } = await makeStudent()
  await add(id, '2026-09-01', { endDate: '2026-10-30' })
  await expect(add(id, '2026-10-30')).rejects.toMatchObject(refusal('schoolEnrollment.overlaps'))
  await expect(add(id, '2026-08-01')).rejects.toMatchObject(refusal('schoolEnrollment.overlaps'))
  const [second, first] = await add(id, '2026-11-02')
  const seen = { id: first?.id ?? '', version: 1 }
  for (const endDate of ['2026-11-02', null])
    await expect(api().schoolEnrollments.update({ ...seen, endDate })).rejects.toMatchObject(
      refusal('schoolEnrollment.overlaps'),
    )
  await api().schoolEnrollments.archive({ id: second?.id ?? '', version: 1 })
  const archived = await doing((who) => who.schoolEnrollments.archive(seen))
  await add(id, '2026-10-01')
  await expect(api().schoolEnrollments.restore({ ...seen, version: 2 })).rejects.toMatchObject(
    refusal('schoolEnrollment.overlaps'),
  )
  await expect(undo(archived)).rejects.toMatchObject(refusal('schoolEnrollment.overlaps'))
  const leaving = { studentId: id, beginDate: '2026-11-10', endDate: today, exitType: 'other' as const }
  await expect(api().schoolEnrollments.leave({ ...leaving, endsClasses: false })).rejects.toMatchObject(
    refusal('schoolEnrollment.overlaps'),
  )
})

test('two at once: only one of them is written', async () => {
  const { id } = await makeStudent()
  const both = await Promise.allSettled([add(id, '2026-09-01'), add(id, '2026-09-15')])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a last day before the first is refused, and whoever stays has no way out', async () => {
  const { id } = await makeStudent()
  await expect(add(id, '2026-09-01', { endDate: '2026-08-31' })).rejects.toMatchObject(
    refusal('schoolEnrollment.dates_order'),
  )
  const [row] = await add(id, '2026-09-01', { endDate: '2026-10-30', exitType: 'transferred', destination: 'Hill' })
  expect(row).toMatchObject({ exitType: 'transferred', destination: 'Hill', fte: '1.000' })
  const [open] = await api().schoolEnrollments.update({ id: row?.id ?? '', version: 1, endDate: null, fte: '0.5' })
  expect(open).toMatchObject({ endDate: null, exitType: null, destination: null, fte: '0.500' })
})

test('the days decide: nobody makes a student inactive who is there, nor active who has left', async () => {
  const { id } = await makeStudent()
  await add(id, '2026-09-01')
  const { version } = await api().students.get({ id })
  const writes = {
    one: () => api().students.update({ id, version, status: 'inactive' }),
    many: () => api().students.updateMany({ items: [{ id, version }], set: { status: 'inactive' } }),
    pasted: () => api().students.createMany({ items: [{ id, version, status: 'inactive' }] }),
  }
  for (const write of Object.values(writes))
    await expect(write()).rejects.toMatchObject(refusal('student.status_by_days'))
  expect(await shown(id)).toMatchObject({ status: 'active' })
})

test('of several, each whose days say otherwise is named, and nobody is changed', async () => {
  const [one, other] = [await makeStudent(), await makeStudent()]
  const third = await makeStudent()
  for (const { id } of [one, other]) await add(id, '2026-09-01')
  const items = [third, one, other].map(({ id, version }) => ({ id, version }))
  const error = await api()
    .students.updateMany({ items, set: { status: 'inactive' } })
    .catch((refused) => refused)
  expect(error).toMatchObject(refusal('many.refused'))
  const { outcomes } = error.cause.details
  const refused = outcomes.filter(({ ok }: { ok: boolean }) => !ok)
  expect(refused.map((outcome: { id: string }) => outcome.id).toSorted()).toEqual([one.id, other.id].toSorted())
  expect(await shown(third.id)).toMatchObject({ status: 'active' })
})

test('a grade that is written on the student is today’s grade in her days', async () => {
  const { id } = await makeStudent()
  await add(id, '2026-09-01', { gradeLevel: '06' })
  const { version } = await api().students.get({ id })
  await api().students.update({ id, version, gradeLevel: '07' })
  expect(await shown(id)).toEqual({ status: 'active', gradeLevel: '07' })
  expect(await api().schoolEnrollments.list({ studentId: id })).toMatchObject([{ gradeLevel: '07' }])
})

test('an instructor sees the days of her students, but not how they left and where to', async () => {
  const { id } = await makeStudent()
  await add(id, '2026-09-01', { endDate: '2026-10-30', exitType: 'expelled', destination: 'Hill School' })
  const viewer = await makePerson(school, 'viewer')
  const [row] = await as(viewer).schoolEnrollments.list({ studentId: id })
  expect(row).toMatchObject({ beginDate: '2026-09-01', endDate: '2026-10-30' })
  expect(row).not.toHaveProperty('exitType')
  expect(row).not.toHaveProperty('destination')
  const instructor = await makePerson(school, 'instructor')
  await expect(as(instructor).schoolEnrollments.list({ studentId: id })).rejects.toMatchObject(
    refusal('student.not_found'),
  )
})

/** Grade 08 until the first day of grade 09, which comes though nobody writes. */
async function advanced() {
  const { id } = await makeStudent({ gradeLevel: '08' })
  await add(id, '2026-09-01', { endDate: '2026-11-21', exitType: 'endOfYear', gradeLevel: '08' })
  await add(id, '2026-11-24', { gradeLevel: '09', entryType: 'nextYear' })
  const { version } = await api(later(4)).students.get({ id })
  return { id, version }
}
const putBack = {
  one: (her: { id: string; version: number }) => api(later(4)).students.update({ ...her, gradeLevel: '08' }),
  many: (her: { id: string; version: number }) =>
    api(later(4)).students.updateMany({ items: [her], set: { gradeLevel: '08' } }),
  pasted: (her: { id: string; version: number }) =>
    api(later(4)).students.createMany({ items: [{ ...her, gradeLevel: '08' }] }),
}

test.each(['one', 'many', 'pasted'] as const)(
  'a grade that time alone has changed can be put back (%s)',
  async (way) => {
    const her = await advanced()
    const answer = await putBack[way](her)
    expect(answer).toMatchObject(way === 'one' ? { gradeLevel: '08' } : { changed: 1 })
    expect(await shown(her.id, later(4))).toEqual({ status: 'active', gradeLevel: '08' })
    expect(await api().schoolEnrollments.list({ studentId: her.id })).toMatchObject([
      { beginDate: '2026-11-24', gradeLevel: '08' },
      { beginDate: '2026-09-01', gradeLevel: '08' },
    ])
  },
)

test('a status that time alone has changed is not taken back by a word', async () => {
  const her = await advanced()
  await expect(api(later(4)).students.update({ ...her, status: 'active' })).resolves.toMatchObject({ status: 'active' })
  const { id } = await makeStudent()
  await add(id, '2026-11-24')
  const { version } = await api(later(4)).students.get({ id })
  await expect(api(later(4)).students.update({ id, version, status: 'inactive' })).rejects.toMatchObject(
    refusal('student.status_by_days'),
  )
})
