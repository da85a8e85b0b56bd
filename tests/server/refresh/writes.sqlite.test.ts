/**
 * After each mutation there is, no query on the screen is older than the register: what was not asked for again would be
 * answered the same. The client is the real one; one database tells it for both.
 */
import { eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal } from '../../../db/schema/index.ts'
import { changeAccount } from '../../setup/accounts.ts'
import { addResult } from '../../setup/imports.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { inBase64, jpeg } from '../../setup/pictures.ts'
import { makeRecords } from '../../setup/records.ts'
import { procedures } from '../../setup/sample-input.ts'
import { Screens } from '../../setup/screens.ts'

const school = await makeSchool('Shown')
const person = await makePerson(school, 'administrator')
const made = await makeRecords(school, 'Shown')
const other = await makeRecords(school, 'Other')
const screens = await Screens.open(person)
const { unjournaled } = await import('../../../client/refresh/reads.ts')
afterAll(async () => {
  await screens.close()
  await db.close()
})

interface Seen {
  id: string
  version: number
}
type Many = { outcomes: Seen[] }
const seen = ({ id, version }: Seen): Seen => ({ id, version })
const write = screens.write.bind(screens)

/** What the screens of two students, their class and all that belongs to them show, but for what is asked for each time. */
function showAll(): void {
  const ids = {
    students: made.studentId,
    classes: made.classId,
    instructors: made.instructorId,
    guardians: made.guardianId,
    courses: made.courseId,
    rooms: made.roomId,
    academicSessions: made.academicSessionId,
    departments: made.departmentId,
    programs: made.programId,
  }
  for (const [feature, id] of Object.entries(ids)) {
    screens.show(`${feature}.get`, { id })
    screens.show(`${feature}.list`, {})
  }
  for (const feature of ['students', 'classes', 'guardians']) screens.show(`${feature}.count`, { archived: true })
  for (const { studentId, classId } of [made, other]) {
    screens.show('enrollments.list', { studentId })
    screens.show('studentGuardians.list', { studentId })
    screens.show('schoolEnrollments.list', { studentId })
    screens.show('studentAlerts.list', { studentId })
    screens.show('students.siblings', { id: studentId })
    screens.show('meetings.list', { classId })
  }
  screens.show('contacts.list', { studentIds: [made.studentId, other.studentId] })
  screens.show('students.list', { withGuardians: true })
  screens.show('students.viewers', { id: made.studentId })
  const weeks = { student: made.studentId, class: made.classId, instructor: made.instructorId, room: made.roomId }
  for (const [of, id] of Object.entries(weeks)) screens.show('meetings.week', { of, id, day: '2026-11-20' })
  screens.show('meetings.studentConflicts', { classId: other.classId, studentIds: [made.studentId] })
  const meetings = [{ weekday: 1, startTime: '09:15', endTime: '10:00', roomId: made.roomId }]
  screens.show('meetings.conflicts', { classId: other.classId, from: '2026-11-20', to: null, meetings })
  screens.show('students.mergePreview', { id: other.studentId, intoId: made.studentId })
  screens.show('students.duplicates', {})
  screens.show('academicSessions.current', {})
  screens.show('savedViews.list', { place: 'students' })
  screens.show('search.find', { text: 'shown' })
  screens.show('members.list', {})
}
showAll()

/** What all kinds of record can: one of it, and several. */
async function writeKind(feature: string, fields: object, change?: object): Promise<Seen> {
  const one = await write(`${feature}.create`, fields)
  const [changed] = change ? [await write(`${feature}.update`, { ...seen(one), ...change })] : [one]
  const archived = await write(`${feature}.archive`, seen(changed))
  return write(`${feature}.restore`, seen(archived))
}
async function writeMany(feature: string, items: object[], set?: object): Promise<void> {
  let { outcomes } = await write<Many>(`${feature}.createMany`, { items })
  const next = async (verb: string, more: object) => {
    outcomes = (await write<Many>(`${feature}.${verb}`, { items: outcomes.map(seen), ...more })).outcomes
  }
  if (set) await next('updateMany', { set })
  await next('archiveMany', {})
  await next('restoreMany', {})
}

const days = { type: 'term', startDate: '2027-01-04', endDate: '2027-04-01' }
test.each<[feature: string, id: string, fields: object, change: object, set?: object]>([
  ['rooms', made.roomId, { name: 'Lab' }, { name: 'Lab 2' }, { seats: 24 }],
  ['departments', made.departmentId, { name: 'Arts' }, { name: 'Art' }],
  ['programs', made.programId, { name: 'Music', type: 'other' }, { name: 'Song' }, { type: 'diploma' }],
  ['courses', made.courseId, { title: 'Choir' }, { title: 'Song' }, { credits: '2' }],
  ['academicSessions', made.academicSessionId, { title: 'Spring', ...days }, { title: 'Later' }, { schoolYear: 2027 }],
])('%s', async (feature, id, fields, change, set) => {
  await writeKind(feature, fields, change)
  await write(`${feature}.update`, { id, version: 1, ...change, ...('name' in change && { name: 'Renamed' }) })
  await writeMany(feature, [{ ...fields, ...('name' in fields && { name: 'One of many' }) }], set)
})

test('the calendar, periods and bell schedules', async () => {
  const range = { from: '2026-11-16', to: '2026-11-27' }
  screens.show('calendars.days', range)
  screens.show('periods.list', {})
  await write('calendars.layOut', { ...range, weekdays: [1, 2, 3, 4, 5], cycleLength: 2 })
  const { days } = await as(person).calendars.days({ from: '2026-11-20', to: '2026-11-20' })
  const closed = { kind: 'weather', cycle: 'shift', from: '2026-11-20', to: '2026-11-20' }
  await write('calendars.changeDays', { ...closed, seen: days.map(seen) })
  const times = [{ period: 0, startTime: '09:30', endTime: '10:15' }]
  const periods = [{ code: '1', name: 'First' }]
  await write('periods.save', { periods, schedules: [{ name: 'Usual', isDefault: true, times }], seen: [] })
})

test('meetings, assignments and places in classes', async () => {
  const { classId, studentId, instructorId } = made
  const slot = { weekday: 5, startTime: '11:00', endTime: '11:45', roomId: made.roomId }
  const { meetings } = await as(person).meetings.list({ classId: other.classId })
  const asked = { classId: other.classId, from: '2026-11-20', to: null, overrideReason: 'Meant' }
  await write('meetings.update', { ...asked, meetings: [slot], seen: meetings.map(seen) })

  const added = await write('classInstructors.create', { classId: other.classId, instructorId })
  const changed = await write('classInstructors.update', { ...seen(added), beginDate: '2026-09-02' })
  const removed = await write('classInstructors.archive', seen(changed))
  await write('classInstructors.restore', seen(removed))

  await write('classes.update', { id: classId, version: 1, capacity: 1 })
  await write('classes.enroll', { classId, studentIds: [other.studentId], waitlist: true })
  await write('classes.enroll', { classId: other.classId, studentIds: [studentId], beginDate: '2026-11-16' })
  const noted = await write('enrollments.update', { id: made.enrollmentId, version: 1, note: 'Came late' })
  const left = await write('enrollments.withdraw', { ...seen(noted), reason: 'moved' })
  const moved = (await as(person).enrollments.list({ studentId: other.studentId })).find(
    (one) => one.classId === classId,
  )
  await write('enrollments.complete', { ...seen(moved ?? noted), grade: 'A' })
  await write('enrollments.reinstate', seen(left))
  await write('classes.promote', { id: classId })

  await writeKind('classes', { title: 'Choir', courseId: made.courseId }, { roomId: made.roomId })
  await writeMany('classes', [{ title: 'One' }, { title: 'Two' }], { roomId: made.roomId })
})

test('many who change classes, wait in another order and leave', async () => {
  const items = ['Ana', 'Ben', 'Cleo', 'Dan'].map((givenName) => ({ givenName, familyName: 'Many' }))
  const { outcomes } = await write<Many>('students.createMany', { items })
  const { id: classId } = await write('classes.create', { title: 'Full', capacity: 2 })
  const { id: elsewhere } = await write('classes.create', { title: 'Elsewhere' })
  await write('classes.enroll', { classId, studentIds: outcomes.map(({ id }) => id), waitlist: true })
  const { roster } = await as(person).classes.get({ id: classId })
  const inIt = (wanted: string) => roster.filter(({ status }) => status === wanted).map(seen)
  await write('enrollments.reorder', { classId, items: inIt('waitlisted').toReversed() })
  const [first, second] = inIt('enrolled')
  await write('enrollments.moveMany', { items: [first], classId: elsewhere })
  await write('enrollments.withdrawMany', { items: [second], reason: 'other' })
})

test('people, and what is known of them', async () => {
  const { studentId, departmentId } = made
  const names = { givenName: 'Ida', familyName: 'New' }
  await writeKind('students', names, { gradeLevel: '08' })
  await writeMany('students', [names, { ...names, givenName: 'Bo' }], { gradeLevel: '09' })
  await writeKind('instructors', names, { departmentId })
  await writeMany('instructors', [names], { departmentId })
  const programId = newId()
  const mother = { relation: 'mother', givenName: 'Mo', familyName: 'New', phone: '555 0102' }
  await write<Many>('students.createMany', {
    items: [{ ...names, givenName: 'Cy', programId, guardians: [mother] }],
    adds: [{ to: 'program', as: programId, name: 'Dance' }],
  })
  await writeKind('guardians', names, { phone: '555 0101' })
  await writeMany('guardians', [names])
  const address = { kind: 'local', street: 'Elm 1', city: null, region: null, postalCode: null, country: null }
  await write('students.update', { id: studentId, version: 1, addresses: [address], programId: made.programId })

  const { hash } = await as(person).photos.upload({ studentId, content: inBase64(jpeg()) })
  await write('photos.set', { id: studentId, version: 2, photo: hash })

  const linked = { studentId, guardian: { givenName: 'Gus', familyName: 'New' }, relation: 'father' }
  const [, link] = await write<Seen[]>('studentGuardians.create', linked)
  const changed = { ...seen(link as Seen), isBarred: true, priority: 1 }
  const [first] = await write<Seen[]>('studentGuardians.update', changed)
  await write('studentGuardians.archive', seen(first as Seen))
  await write('studentGuardians.restore', { ...seen(first as Seen), version: (first as Seen).version + 1 })

  type Alerts = { alerts: Seen[] }
  const { alerts } = await write<Alerts>('studentAlerts.create', { studentId, kind: 'other', text: 'Coat' })
  const alert = alerts.find(({ id }) => id !== made.studentAlertId) as Seen
  await write('studentAlerts.update', { ...seen(alert), text: 'Blue coat' })
  await write('studentAlerts.archive', { ...seen(alert), version: 2 })
  await write('studentAlerts.restore', { ...seen(alert), version: 3 })
})

test('days at the school', async () => {
  const { studentId, schoolEnrollmentId } = other
  const [changed] = await write<Seen[]>('schoolEnrollments.update', {
    ...{ id: schoolEnrollmentId, version: 1, gradeLevel: '08' },
  })
  const leaving = { studentId, endDate: '2026-10-30', exitType: 'transferred', endsClasses: true }
  await write('schoolEnrollments.leave', { ...leaving, seen: seen(changed as Seen) })
  const [again] = await write<Seen[]>('schoolEnrollments.create', { studentId, beginDate: '2026-11-02' })
  await write('schoolEnrollments.archive', seen(again as Seen))
  await write('schoolEnrollments.restore', { ...seen(again as Seen), version: 2 })
})

test('members, saved views and the school itself', async () => {
  const invited = { name: 'Mo', email: 'mo@school.example', role: 'viewer' }
  const { member } = await write<{ member: Seen }>('members.invite', invited)
  const changed = await write('members.update', { ...seen(member), role: 'registrar' })
  await write('members.resetPassword', seen(changed))
  const { email, userId } = await makePerson(school, 'viewer')
  const joined = (await as(person).members.list()).find((one) => one.email === email)
  const disabled = await write('members.disable', seen(joined as Seen))
  const enabled = await write('members.enable', seen(disabled))
  await changeAccount(person.userId, { isOwner: true })
  await changeAccount(userId, { passwordHash: 'one', passwordChosenAt: now })
  const owning = await write('members.giveOwnership', seen(enabled))
  const own = (await as(person).members.list()).find(({ isYou }) => isYou)
  await write('members.giveUpOwnership', seen(own as Seen))
  await changeAccount(userId, { isOwner: false })
  const ended = await write('members.endSessions', seen(owning))
  const removed = await write('members.remove', seen(ended))
  await write('members.restore', seen(removed))

  const given = { name: 'Script', scopes: ['room.read'], days: 1 }
  const { id: tokenId } = await write('apiTokens.create', given)
  await write('apiTokens.revoke', { id: tokenId })
  await write('apiTokens.createService', { ...given, role: 'viewer' })

  screens.show('webhooks.list', {})
  const hook = { name: 'Library', url: 'https://hooks.example/', entities: ['student'] }
  const { id: hookId } = await write('webhooks.create', hook)
  screens.show('webhooks.get', { id: hookId })
  const named = await write('webhooks.update', { id: hookId, version: 1, name: 'Books' })
  const paused = await write('webhooks.pause', seen(named))
  const resumed = await write('webhooks.resume', seen(paused))
  await write('webhooks.rotate', seen(resumed))
  const again = { ...seen(resumed), version: resumed.version + 1 }
  const replayed = await write('webhooks.replay', { ...again, after: 0 })
  await write('webhooks.archive', seen(replayed))

  const view = await write('savedViews.create', { place: 'students', name: 'Mine', search: '', isShared: false })
  const shared = await write('savedViews.update', { ...seen(view), isShared: true })
  await write('savedViews.archive', seen(shared))

  const { version } = await as(person).schools.get()
  await write('schools.update', { version, name: 'Renamed', studentNumberPattern: 'S###' })
})

test('what goes, comes together or is forgotten', async () => {
  const current = async (id: string) => seen(await as(person).students.get({ id }))
  const [gone, kept] = [await current(other.studentId), await current(made.studentId)]
  const merge = { ...gone, intoId: kept.id, intoVersion: kept.version, take: [] }
  const { operationId } = await write<{ operationId: string }>('students.merge', merge)
  await write('journal.undo', { operationId })
  const { id: roomId } = await as(person).rooms.create({ name: 'Of an import' })
  const [entry] = await db.select().from(journal).where(eq(journal.entityId, roomId))
  await addResult(school.id, entry?.operationId ?? '')
  await write('imports.undo', { operationId: entry?.operationId })
  for (const feature of ['students', 'guardians', 'instructors'] as const) {
    const id = { students: made.studentId, guardians: made.guardianId, instructors: made.instructorId }[feature]
    const one = await as(person)[feature].get({ id })
    const archived = await write(`${feature}.archive`, { ...seen(one), standing: 'end' })
    await write(`${feature}.erase`, { ...seen(archived), confirm: `${one.givenName} ${one.familyName}` })
  }
})

test('no mutation is missing here', () => {
  const mutations = procedures.filter(([path, { _def }]) => _def.type === 'mutation' && !(path in unjournaled))
  const missing = mutations.map(([path]) => path).filter((path) => !screens.done.has(path))
  expect(missing, 'write them in one of the tests above').toEqual([])
})
