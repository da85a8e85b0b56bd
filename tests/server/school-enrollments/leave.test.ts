import { expect, test } from 'vitest'
import { refusal } from '../../setup/answers.ts'
import { api, doing, enroll, later, makeClass, makeStudent, rowOf, today, undo } from '../../setup/school.ts'
import { allRows, seated, waiting } from '../enrollments/art-class.ts'

type Leaving = Parameters<ReturnType<typeof api>['schoolEnrollments']['leave']>[0]
const coming = '2026-11-27'

/** At the school since September, in a class since then, and waiting for another one that is full. */
async function pupil() {
  const { id } = await makeStudent({ gradeLevel: '07' })
  const [stay] = await api().schoolEnrollments.create({ studentId: id, beginDate: '2026-09-01' })
  const [art, full] = [await makeClass(1), await makeClass(1)]
  await enroll(art.id, [id], { beginDate: '2026-09-01' })
  const [next, holder] = [await makeStudent(), await makeStudent()]
  await enroll(art.id, [next.id], { waitlist: true })
  await enroll(full.id, [holder.id], { beginDate: '2026-09-01' })
  await enroll(full.id, [id], { waitlist: true })
  return { id, stay: { id: stay?.id ?? '', version: stay?.version ?? 0 }, art: art.id, full: full.id, next: next.id }
}
const leaving = ({ id, stay }: Awaited<ReturnType<typeof pupil>>, more: Partial<Leaving> = {}): Leaving => ({
  ...{ studentId: id, seen: stay, endDate: today, exitType: 'transferred', destination: 'Hill', endsClasses: true },
  ...more,
})
const statusOf = async (id: string, at = {}) => (await api(at).students.get({ id })).status

test('who leaves today has left her classes too, and who waits has her seat', async () => {
  const her = await pupil()
  const [row] = await api().schoolEnrollments.leave(leaving(her))
  expect(row).toMatchObject({ endDate: today, exitType: 'transferred', destination: 'Hill' })
  expect(await rowOf(her.art, her.id)).toMatchObject({ status: 'withdrawn', withdrawalReason: 'transferred' })
  expect(await seated(her.art)).toEqual([her.next])
  expect(await waiting(her.full)).toEqual([])
  expect([await statusOf(her.id), await statusOf(her.id, later(1))]).toEqual(['active', 'inactive'])
})

test('with a day to come she keeps her seats until then, and waits for no other', async () => {
  const her = await pupil()
  await api().schoolEnrollments.leave(leaving(her, { endDate: coming }))
  expect(await rowOf(her.art, her.id)).toMatchObject({ status: 'enrolled', endDate: coming })
  expect(await seated(her.art)).toEqual([her.id])
  expect(await waiting(her.full)).toEqual([])
  expect([await statusOf(her.id, later(7)), await statusOf(her.id, later(8))]).toEqual(['active', 'inactive'])
  const { promoted } = await api(later(8)).classes.promote({ id: her.art })
  expect(promoted.map(({ studentId }) => studentId)).toEqual([her.next])
})

test('her classes may stay as they are', async () => {
  const her = await pupil()
  await api().schoolEnrollments.leave(leaving(her, { endsClasses: false }))
  expect(await seated(her.art)).toEqual([her.id])
  expect(await waiting(her.full)).toEqual([her.id])
})

test('a class that ends before she leaves ends when it did, and one that begins later has never seen her', async () => {
  const her = await pupil()
  const [early, late] = [await makeClass(), await makeClass()]
  await enroll(early.id, [her.id], { beginDate: '2026-09-01' })
  const { id, version } = await rowOf(early.id, her.id)
  await api().enrollments.update({ id, version, endDate: '2026-11-24' })
  await enroll(late.id, [her.id], { beginDate: '2027-01-11' })
  await api().schoolEnrollments.leave(leaving(her, { endDate: coming }))
  expect(await rowOf(early.id, her.id)).toMatchObject({ endDate: '2026-11-24' })
  expect(await allRows(late.id)).toMatchObject([{ status: 'withdrawn', archivedAt: expect.any(Date) }])
})

test('a leaving that is entered late ends the classes on its day', async () => {
  const her = await pupil()
  const since = await makeClass()
  await enroll(since.id, [her.id], { beginDate: '2026-11-16' })
  await api().schoolEnrollments.leave(leaving(her, { endDate: '2026-11-13' }))
  expect(await rowOf(her.art, her.id)).toMatchObject({ status: 'withdrawn', endDate: '2026-11-13' })
  expect(await allRows(since.id)).toMatchObject([{ status: 'withdrawn', archivedAt: expect.any(Date) }])
  expect(await statusOf(her.id)).toBe('inactive')
})

test.each([today, coming, '2026-11-13'])(
  'one undo takes a leaving on %s back with all that it ended',
  async (endDate) => {
    const her = await pupil()
    const before = await Promise.all([her.art, her.full].map(allRows))
    const operationId = await doing((who) => who.schoolEnrollments.leave(leaving(her, { endDate })))
    await undo(operationId)
    const plain = (rows: Awaited<ReturnType<typeof allRows>>) =>
      rows.map(({ version: _, ...row }) => row).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const after = await Promise.all([her.art, her.full].map(allRows))
    expect(after.map(plain)).toEqual(before.map(plain))
    expect(await statusOf(her.id)).toBe('active')
    expect(await api().schoolEnrollments.list({ studentId: her.id })).toMatchObject([{ endDate: null, exitType: null }])
  },
)

test('an undo that comes after the last day makes her active again', async () => {
  const her = await pupil()
  const operationId = await doing((who) => who.schoolEnrollments.leave(leaving(her, { endDate: coming })))
  expect(await statusOf(her.id, later(9))).toBe('inactive')
  await undo(operationId, undefined, later(9))
  expect(await statusOf(her.id, later(9))).toBe('active')
})

test('she comes back as the same record, with the grade of that day', async () => {
  const her = await pupil()
  await api().schoolEnrollments.leave(leaving(her, { endDate: '2026-11-13' }))
  const again = { studentId: her.id, beginDate: today, gradeLevel: '08', entryType: 'reentry' as const }
  const operationId = await doing((who) => who.schoolEnrollments.create(again))
  expect(await api().students.get({ id: her.id })).toMatchObject({ status: 'active', gradeLevel: '08' })
  expect(await api().schoolEnrollments.list({ studentId: her.id })).toMatchObject([
    { beginDate: today, endDate: null, entryType: 'reentry' },
    { beginDate: '2026-09-01', endDate: '2026-11-13', exitType: 'transferred' },
  ])
  await undo(operationId)
  expect(await api().students.get({ id: her.id })).toMatchObject({ status: 'inactive', gradeLevel: '07' })
})

test('who has no days yet leaves with her first day, which somebody has to know', async () => {
  const { id } = await makeStudent()
  const asked = { studentId: id, endDate: today, exitType: 'withdrawn' as const, endsClasses: true }
  await expect(api().schoolEnrollments.leave(asked)).rejects.toMatchObject(refusal('schoolEnrollment.no_first_day'))
  const [row] = await api().schoolEnrollments.leave({ ...asked, beginDate: '2024-09-02' })
  expect(row).toMatchObject({ beginDate: '2024-09-02', endDate: today, exitType: 'withdrawn' })
})

test('somebody else’s change of the days is not overwritten', async () => {
  const her = await pupil()
  await api().schoolEnrollments.update({ ...her.stay, gradeLevel: '08' })
  await expect(api().schoolEnrollments.leave(leaving(her))).rejects.toMatchObject(refusal('schoolEnrollment.stale'))
  const { id: other } = await makeStudent()
  await expect(api().schoolEnrollments.leave(leaving(her, { studentId: other }))).rejects.toMatchObject(
    refusal('schoolEnrollment.stale'),
  )
})
