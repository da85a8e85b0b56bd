import { expect, test } from 'vitest'
import { refusal } from '../../setup/answers.ts'
import { as, makePerson } from '../../setup/people.ts'
import {
  api,
  enroll,
  later,
  makeClass,
  makeStudents,
  registrar,
  rowOf,
  school,
  today,
  withdraw,
} from '../../setup/school.ts'
import { allRows, seated, standings, view, wait } from './art-class.ts'

/** A student who has been in the class since September. */
async function sinceSeptember(capacity: number | null = 1) {
  const { id: classId } = await makeClass(capacity)
  const [studentId = ''] = await makeStudents(1)
  await enroll(classId, [studentId], { beginDate: '2026-09-01' })
  return { classId, studentId, row: await rowOf(classId, studentId) }
}

test('who is withdrawn leaves today, with the reason and the note', async () => {
  const { classId, studentId } = await sinceSeptember()
  const left = await withdraw(classId, studentId, { reason: 'scheduleChange', note: 'Music instead' })
  expect(left).toMatchObject({ status: 'withdrawn', endDate: today, promoted: [] })
  expect(await rowOf(classId, studentId)).toMatchObject({
    withdrawalReason: 'scheduleChange',
    note: 'Music instead',
    endDate: today,
  })
  expect((await view(classId)).taken).toBe(0)
})

test('a withdrawal can be entered ahead of its day: she holds her seat until then, and is withdrawn the day after', async () => {
  const { classId, studentId } = await sinceSeptember()
  const coming = { endDate: '2026-11-27', reason: 'scheduleChange' as const, note: 'Music instead' }
  expect(await withdraw(classId, studentId, coming)).toMatchObject({ status: 'enrolled', endDate: '2026-11-27' })
  expect(await rowOf(classId, studentId)).toMatchObject({ withdrawalReason: 'scheduleChange', note: 'Music instead' })
  const [on, after] = [api(later(7)), api(later(8))]
  expect(await on.classes.get({ id: classId })).toMatchObject({ taken: 1, roster: [{ status: 'enrolled' }] })
  expect(await after.classes.get({ id: classId })).toMatchObject({ taken: 0, roster: [{ status: 'withdrawn' }] })
  expect(await after.enrollments.list({ studentId })).toMatchObject([{ status: 'withdrawn' }])
  await expect(withdraw(classId, studentId, { endDate: '2026-08-31' })).rejects.toMatchObject(
    refusal('enrollment.dates_order'),
  )
})

test('who is withdrawn on a day to come stays after all once she has no last day', async () => {
  const { classId, studentId } = await sinceSeptember()
  const { id, version } = await withdraw(classId, studentId, { endDate: '2026-11-27' })
  await api().enrollments.update({ id, version, endDate: null })
  expect(await rowOf(classId, studentId)).toMatchObject({ status: 'enrolled', endDate: null, withdrawalReason: null })
})

test('a withdrawal can be entered late', async () => {
  const { classId, studentId } = await sinceSeptember()
  await expect(withdraw(classId, studentId, { endDate: '2026-08-31' })).rejects.toMatchObject(
    refusal('enrollment.dates_order'),
  )
  expect(await withdraw(classId, studentId, { endDate: '2026-11-13' })).toMatchObject({ endDate: '2026-11-13' })
})

test('who is withdrawn before her first day leaves nothing on the roster', async () => {
  const { id } = await makeClass(1)
  const [a = ''] = await makeStudents(1)
  await enroll(id, [a], { beginDate: '2027-01-11' })
  await withdraw(id, a)
  expect(await standings(id)).toEqual([])
  expect(await allRows(id)).toMatchObject([{ studentId: a, status: 'withdrawn', withdrawalReason: 'moved' }])
  await enroll(id, [a], { beginDate: '2027-01-11' })
  expect(await seated(id)).toEqual([a])
})

test('who has left already can not be withdrawn or completed again', async () => {
  const { classId, studentId } = await sinceSeptember()
  await withdraw(classId, studentId)
  await expect(withdraw(classId, studentId)).rejects.toMatchObject(refusal('enrollment.not_open'))
  const { id, version } = await rowOf(classId, studentId)
  await expect(as(registrar).enrollments.complete({ id, version })).rejects.toMatchObject(
    refusal('enrollment.not_open'),
  )
})

test('a write that saw an older version is refused and says who changed what', async () => {
  const { row } = await sinceSeptember()
  await as(registrar).enrollments.update({ id: row.id, version: row.version, grade: 'B' })
  await expect(
    as(registrar).enrollments.withdraw({ id: row.id, version: row.version, reason: 'other' }),
  ).rejects.toMatchObject(refusal('enrollment.stale', { changes: [{ by: 'The registrar', fields: ['grade'] }] }))
})

test('who is reinstated goes on as if she had never left', async () => {
  const { classId, studentId } = await sinceSeptember()
  await withdraw(classId, studentId)
  const { id, version } = await rowOf(classId, studentId)
  const again = await as(registrar).enrollments.reinstate({ id, version })
  expect(again).toMatchObject({
    status: 'enrolled',
    beginDate: '2026-09-01',
    endDate: null,
    withdrawalReason: null,
  })
  expect(await as(registrar).enrollments.reinstate({ id, version: again.version })).toMatchObject({
    version: again.version,
  })
})

test('nobody is reinstated into a full class, nor past those who wait', async () => {
  const { classId, studentId } = await sinceSeptember()
  const [b = '', c = ''] = await makeStudents(2)
  await withdraw(classId, studentId)
  await enroll(classId, [b])
  const { id, version } = await rowOf(classId, studentId)
  const again = () => as(registrar).enrollments.reinstate({ id, version })
  await expect(again()).rejects.toMatchObject(refusal('class.full', { taken: 1, capacity: 1, waitlisted: 0 }))
  await wait(classId, c)
  const other = await rowOf(classId, b)
  await as(registrar).enrollments.update({ id: other.id, version: other.version, endDate: today })
  await expect(as(registrar, later(1)).enrollments.reinstate({ id, version })).rejects.toMatchObject(
    refusal('class.full'),
  )
})

test('who came back with a new enrollment is not reinstated into the old one', async () => {
  const { classId, studentId } = await sinceSeptember(5)
  await withdraw(classId, studentId, { endDate: '2026-10-15' })
  const { id, version } = await rowOf(classId, studentId)
  await enroll(classId, [studentId])
  await expect(as(registrar).enrollments.reinstate({ id, version })).rejects.toMatchObject(
    refusal('enrollment.overlaps'),
  )
})

test('who completes a class keeps her grade and gives up her seat', async () => {
  const { classId, studentId, row } = await sinceSeptember()
  const [b = ''] = await makeStudents(1)
  await wait(classId, b)
  const done = await as(registrar).enrollments.complete({ id: row.id, version: row.version, grade: 'A-' })
  expect(done).toMatchObject({ status: 'completed', grade: 'A-', endDate: today, promoted: [{ studentId: b }] })
  expect(await seated(classId)).toEqual([b])
  expect(await rowOf(classId, studentId)).toMatchObject({ grade: 'A-' })
})

test('a class that is over gives its seats to nobody', async () => {
  const summer = await as(registrar).academicSessions.create({
    title: 'Summer',
    type: 'term',
    startDate: '2026-07-01',
    endDate: '2026-08-14',
  })
  const { id } = await makeClass(1, { academicSessionIds: [summer.id] })
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(id, [a], { beginDate: '2026-07-01' })
  await wait(id, b)
  const { id: rowId, version } = await rowOf(id, a)
  await as(registrar).enrollments.complete({ id: rowId, version, endDate: '2026-08-14' })
  expect(await seated(id)).toEqual([])
  expect(await view(id)).toMatchObject({ waiting: 1, seatsToGive: 0 })
})

test('days are corrected, and a last day in the past frees the seat at once', async () => {
  const { classId, studentId, row } = await sinceSeptember()
  const [b = ''] = await makeStudents(1)
  await wait(classId, b)
  const update = { id: row.id, version: row.version, beginDate: '2026-09-08', endDate: '2026-11-13' }
  const changed = await as(registrar).enrollments.update(update)
  expect(changed).toMatchObject({ beginDate: '2026-09-08', endDate: '2026-11-13', promoted: [{ studentId: b }] })
  const back = { id: row.id, version: changed.version, endDate: null }
  await expect(as(registrar).enrollments.update(back)).rejects.toMatchObject(refusal('class.full'))
  expect(await rowOf(classId, studentId)).toMatchObject({ endDate: '2026-11-13' })
})

test('a last day to come holds the seat until then', async () => {
  const { classId, row } = await sinceSeptember()
  await as(registrar).enrollments.update({ id: row.id, version: row.version, endDate: '2026-11-27' })
  expect((await view(classId)).taken).toBe(1)
  expect((await as(registrar, later(8)).classes.get({ id: classId })).taken).toBe(0)
})

test('days that make no sense are refused', async () => {
  const { classId, studentId, row } = await sinceSeptember()
  const update = (fields: object) => as(registrar).enrollments.update({ id: row.id, version: row.version, ...fields })
  await expect(update({ endDate: '2026-08-31' })).rejects.toMatchObject(refusal('enrollment.dates_order'))
  const [b = ''] = await makeStudents(1)
  await wait(classId, b)
  const line = await rowOf(classId, b)
  await expect(
    as(registrar).enrollments.update({ id: line.id, version: line.version, endDate: '2026-12-18' }),
  ).rejects.toMatchObject(refusal('enrollment.waits'))
  await withdraw(classId, studentId)
  const gone = await rowOf(classId, studentId)
  await expect(
    as(registrar).enrollments.update({ id: gone.id, version: gone.version, endDate: null }),
  ).rejects.toMatchObject(refusal('enrollment.end_ahead'))
})

test('corrected days do not reach into other days of the same student', async () => {
  const { classId, studentId } = await sinceSeptember(5)
  await withdraw(classId, studentId, { endDate: '2026-10-15' })
  const { id, version } = await rowOf(classId, studentId)
  await enroll(classId, [studentId], { beginDate: '2026-11-02' })
  const update = (endDate: string) => as(registrar).enrollments.update({ id, version, endDate })
  await expect(update('2026-11-02')).rejects.toMatchObject(refusal('enrollment.overlaps'))
  expect(await update('2026-11-01')).toMatchObject({ endDate: '2026-11-01' })
})

test('nothing of an archived student or class is opened again', async () => {
  const { classId, studentId } = await sinceSeptember()
  await withdraw(classId, studentId)
  const { id, version } = await rowOf(classId, studentId)
  await as(registrar).students.archive({ id: studentId, version: 1 })
  await expect(as(registrar).enrollments.reinstate({ id, version })).rejects.toMatchObject(
    refusal('enrollment.archived'),
  )
})

test('a student who holds seats is archived once somebody has said what becomes of them', async () => {
  const { classId, studentId } = await sinceSeptember()
  const { title } = await view(classId)
  const full = await makeClass(0)
  const [b = ''] = await makeStudents(1)
  await wait(classId, b)
  await wait(full.id, studentId)
  const archive = (standing: 'ask' | 'keep' | 'end') =>
    as(registrar).students.archive({ id: studentId, version: 1, standing })
  const standing = [{ entity: 'enrollment', count: 2, names: [title, full.title] }]
  await expect(archive('ask')).rejects.toMatchObject(refusal('record.in_use', { standing, choices: ['end', 'keep'] }))
  await archive('end')
  expect(await rowOf(classId, studentId)).toMatchObject({
    status: 'withdrawn',
    endDate: today,
    withdrawalReason: 'other',
    isArchived: true,
  })
  expect(await seated(classId)).toEqual([b])
  expect(await standings(full.id)).toEqual([])
})

test('an archived student who was kept holds her seat, and is passed over in line', async () => {
  const { classId, studentId } = await sinceSeptember()
  const [b = '', c = ''] = await makeStudents(2)
  await wait(classId, b, c)
  for (const id of [studentId, b]) await as(registrar).students.archive({ id, version: 1, standing: 'keep' })
  expect(await view(classId)).toMatchObject({ taken: 1, waiting: 1 })
  await withdraw(classId, studentId)
  expect(await seated(classId)).toEqual([c])
  expect(await rowOf(classId, b)).toMatchObject({ status: 'waitlisted', isArchived: true })
})

test("a student's page tells the office why she left, and others only that she did", async () => {
  const { classId, studentId } = await sinceSeptember()
  await withdraw(classId, studentId, { note: 'Ask her aunt' })
  const [forOffice] = await as(registrar).enrollments.list({ studentId })
  expect(forOffice).toMatchObject({ classId, status: 'withdrawn', withdrawalReason: 'moved', note: 'Ask her aunt' })
  const viewer = as(await makePerson(school, 'viewer'))
  const [forViewer] = await viewer.enrollments.list({ studentId })
  expect(forViewer).toMatchObject({ status: 'withdrawn', version: 2 })
  for (const seen of [forViewer, await viewer.classes.get({ id: classId })])
    expect(JSON.stringify(seen)).not.toMatch(/aunt|moved/)
})
