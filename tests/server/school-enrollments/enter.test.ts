import { expect, test } from 'vitest'
import { refusal } from '../../setup/answers.ts'
import { api, doing, later, makeStudent, today, undo } from '../../setup/school.ts'

const listed = (studentId: string) => api().schoolEnrollments.list({ studentId })
const names = { givenName: 'Ines', familyName: 'Entry' }

test('a new student comes in with her entry day, and one undo takes both back', async () => {
  const operationId = await doing((who) => who.students.create({ ...names, entryDate: today }))
  const { rows } = await api().students.list({ search: 'ines entry' })
  expect(rows).toMatchObject([{ entryDate: today, status: 'active' }])
  const id = rows[0]?.id ?? ''
  expect(await listed(id)).toMatchObject([{ beginDate: today, endDate: null, gradeLevel: null }])
  await undo(operationId)
  expect(await listed(id)).toEqual([])
})

test('without one she has none', async () => {
  const { id, entryDate } = await makeStudent({ entryDate: '' })
  expect(entryDate).toBeNull()
  expect(await listed(id)).toEqual([])
})

test('a student of a later day is not here before it', async () => {
  const { id } = await api().students.create({ ...names, entryDate: '2026-11-23' })
  expect((await api().students.get({ id })).status).toBe('inactive')
  expect((await api(later(3)).students.get({ id })).status).toBe('active')
})

test('the entry day of her record is put right in her days', async () => {
  const { id, version } = await makeStudent({ entryDate: '2026-09-07' })
  expect(await api().students.update({ id, version, entryDate: '2026-09-01' })).toMatchObject({
    entryDate: '2026-09-01',
  })
  expect(await listed(id)).toMatchObject([{ beginDate: '2026-09-01', version: 2 }])
})

test('it never reaches into days before', async () => {
  const { id } = await makeStudent()
  await api().schoolEnrollments.create({ studentId: id, beginDate: '2025-09-01', endDate: '2026-06-19' })
  await api().schoolEnrollments.create({ studentId: id, beginDate: '2026-09-01' })
  const { version } = await api().students.get({ id })
  await expect(api().students.update({ id, version, entryDate: '2026-06-19' })).rejects.toMatchObject(
    refusal('schoolEnrollment.overlaps'),
  )
  await api().students.update({ id, version, entryDate: '2026-06-22' })
  expect((await listed(id)).map(({ beginDate }) => beginDate)).toEqual(['2026-06-22', '2025-09-01'])
})

test('many get their entry day at once: new ones, and those who have none', async () => {
  const known = await makeStudent({ familyName: 'Pasted' })
  const items = [
    { id: known.id, version: known.version, entryDate: '2024-09-02' },
    { ...names, familyName: 'Pasted', entryDate: '2026-09-01' },
    { ...names, familyName: 'Pasted' },
  ]
  const operationId = await doing((who) => who.students.createMany({ items }))
  const { rows } = await api().students.list({ search: 'pasted' })
  expect(rows.map(({ entryDate }) => entryDate).toSorted()).toEqual(['2024-09-02', '2026-09-01', null])
  await undo(operationId)
  expect(await listed(known.id)).toEqual([])
})

test('who is to be inactive gets no entry day, since nobody says when she left', async () => {
  await expect(api().students.create({ ...names, entryDate: today, status: 'inactive' })).rejects.toMatchObject(
    refusal('student.status_by_days'),
  )
  const items = [{ ...names, entryDate: '2026-09-01', status: 'inactive' }, names]
  const error = await api()
    .students.createMany({ items })
    .catch((refused) => refused)
  expect(error).toMatchObject(refusal('many.refused'))
  expect(error.cause.details.outcomes).toMatchObject([{ ok: false, reason: 'student.status_by_days' }, { ok: true }])
})
