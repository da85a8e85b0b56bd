/** For every mutation of the router: a valid call of it on marked records that nobody else uses. */
import { eq } from 'drizzle-orm'
import { newId } from '../../db/kit.ts'
import { memberships } from '../../db/schema/index.ts'
import { changeAccount, password, passwordHash } from './accounts.ts'
import { addImport, addResult } from './imports.ts'
import type { addMarked } from './marked-school.ts'
import { db, now } from './people.ts'
import { inBase64, jpeg } from './pictures.ts'

export type Made = Awaited<ReturnType<typeof addMarked>>[number]
type Answer = { id: string; version: number }
/** Calls a procedure: `asks` as the person whose answer is looked at, `office` as an administrator, `visitor` as nobody. */
export type Say = <T = Answer>(path: string, input?: unknown, key?: string) => Promise<T>
export interface Place {
  made: Made
  /** The account of the one who asks. */
  userId: string
  asks: Say
  office: Say
  visitor: Say
}
type Case = (place: Place) => Promise<unknown>

const seen = ({ id, version }: Answer) => ({ id, version })
const first = (id: string) => ({ id, version: 1 })
/** What was held before must not change. */
const tomorrow = '2026-11-21'

type Ids = { [K in keyof Made as Made[K] extends string ? K : never]: Made[K] }
interface Kind {
  id: keyof Ids
  fields(): object
  set?: object
}
let named = 0
const name = () => `New ${++named}`
const person = () => ({ givenName: 'Ida', familyName: name() })
const titled = () => ({ title: name() })
const term = () => ({ ...titled(), type: 'term', startDate: '2027-01-05', endDate: '2027-04-01' })
const kinds: Record<string, Kind> = {
  academicSessions: { id: 'academicSessionId', fields: term, set: { schoolYear: 2027 } },
  classes: { id: 'classId', fields: titled, set: { capacity: 30 } },
  courses: { id: 'courseId', fields: titled, set: { credits: '2' } },
  departments: { id: 'departmentId', fields: () => ({ name: name() }) },
  guardians: { id: 'guardianId', fields: person },
  instructors: { id: 'instructorId', fields: person, set: { departmentId: null } },
  programs: { id: 'programId', fields: () => ({ name: name(), type: 'other' }), set: { type: 'diploma' } },
  rooms: { id: 'roomId', fields: () => ({ name: name() }), set: { seats: 24 } },
  students: { id: 'studentId', fields: person, set: { gradeLevel: '09' } },
}
const standing = 'keep'
const archived = (feature: string, id: string, { office }: Place) =>
  office(`${feature}.archive`, { ...first(id), standing })

/** Of the verbs that all kinds have; one field is enough for an update. */
function casesOf(feature: string, { id, fields, set }: Kind): [string, Case][] {
  const verb = (name: string, input: (own: string, place: Place) => unknown): [string, Case] => [
    `${feature}.${name}`,
    async (place) => place.asks(`${feature}.${name}`, await input(place.made[id], place)),
  ]
  const restored = async (own: string, place: Place) => seen(await archived(feature, own, place))
  return [
    verb('create', fields),
    verb('update', (own) => ({ ...first(own), ...Object.fromEntries(Object.entries(fields()).slice(0, 1)) })),
    verb('archive', (own) => ({ ...first(own), standing })),
    verb('restore', restored),
    verb('createMany', () => ({ items: [fields()] })),
    ...(set ? [verb('updateMany', (own) => ({ items: [first(own)], set }))] : []),
    verb('archiveMany', (own) => ({ items: [first(own)], standing })),
    verb('restoreMany', async (own, place) => ({ items: [await restored(own, place)] })),
  ]
}

const erasing = (feature: string, id: keyof Ids): [string, Case] => [
  `${feature}.erase`,
  async (place) => {
    const gone = await archived(feature, place.made[id], place)
    const row = await place.office<Record<string, string>>(`${feature}.get`, { id: gone.id })
    const confirm = [row.givenName, row.middleName, row.familyName].filter(Boolean).join(' ')
    return place.asks(`${feature}.erase`, { ...seen(gone), confirm })
  },
]

const teaching: Record<string, Case> = {
  'classInstructors.create': async ({ asks, made, office }) => {
    const { id: instructorId } = await office('instructors.create', person())
    return asks('classInstructors.create', { classId: made.classId, instructorId, overrideReason: 'Meant' })
  },
  'classInstructors.update': ({ asks, made }) =>
    asks('classInstructors.update', { ...first(made.classInstructorId), beginDate: '2026-09-02' }),
  'classInstructors.archive': ({ asks, made }) => asks('classInstructors.archive', first(made.classInstructorId)),
  'classInstructors.restore': async ({ asks, made, office }) =>
    asks('classInstructors.restore', seen(await office('classInstructors.archive', first(made.classInstructorId)))),
  'meetings.update': ({ asks, made: { classId, meetingId, roomId } }) => {
    const meetings = [{ weekday: 1, startTime: '11:00', endTime: '11:45', roomId }]
    return asks('meetings.update', { classId, meetings, seen: [first(meetingId)], from: tomorrow, to: null })
  },
}

type Days = { days: Answer[] }
interface Bells {
  periods: (Answer & { code: string; name: string })[]
  schedules: (Answer & { name: string; isDefault: boolean })[]
}
const calendar: Record<string, Case> = {
  'calendars.layOut': ({ asks }) =>
    asks('calendars.layOut', { from: '2027-02-01', to: '2027-02-14', weekdays: [1, 2, 3, 4, 5] }),
  'calendars.changeDays': async ({ asks, office }) => {
    const range = { from: '2026-12-25', to: '2026-12-25' }
    const { days } = await office<Days>('calendars.days', range)
    return asks('calendars.changeDays', { ...range, kind: 'holiday', note: name(), seen: days.map(seen) })
  },
  'periods.save': async ({ asks, office }) => {
    const { periods, schedules } = await office<Bells>('periods.list')
    const known = schedules.map(({ id, isDefault, ...one }) => ({ id, isDefault, name: one.name, times: [] }))
    const more = { code: name(), name: name() }
    return asks('periods.save', {
      periods: [...periods.map(({ id, code, name: called }) => ({ id, code, name: called })), more],
      schedules: known.length ? known : [{ name: name(), isDefault: true, times: [] }],
      seen: [...periods, ...schedules].map(seen),
    })
  },
}

const seats: Record<string, Case> = {
  'classes.enroll': async ({ asks, made, office }) => {
    const { id } = await office('students.create', person())
    return asks('classes.enroll', { classId: made.classId, studentIds: [id], waitlist: true })
  },
  'classes.promote': async ({ asks, made: { classId }, office }) => {
    const { id } = await office('students.create', person())
    await office('classes.enroll', { classId, studentIds: [id], waitlist: true })
    await office('classes.update', { ...first(classId), capacity: null })
    return asks('classes.promote', { id: classId })
  },
  'enrollments.update': ({ asks, made }) => asks('enrollments.update', { ...first(made.enrollmentId), note: 'Late' }),
  'enrollments.withdraw': ({ asks, made }) =>
    asks('enrollments.withdraw', { ...first(made.enrollmentId), reason: 'moved' }),
  'enrollments.withdrawMany': ({ asks, made }) =>
    asks('enrollments.withdrawMany', { items: [first(made.enrollmentId)], reason: 'moved' }),
  'enrollments.moveMany': async ({ asks, made, office }) => {
    const { id: classId } = await office('classes.create', titled())
    return asks('enrollments.moveMany', { items: [first(made.enrollmentId)], classId })
  },
  'enrollments.reorder': async ({ asks, made: { classId }, office }) => {
    await office('classes.update', { ...first(classId), capacity: 1 })
    const studentIds = [(await office('students.create', person())).id, (await office('students.create', person())).id]
    await office('classes.enroll', { classId, studentIds, waitlist: true })
    const { roster } = await office<{ roster: (Answer & { status: string })[] }>('classes.get', { id: classId })
    const items = roster.filter(({ status }) => status === 'waitlisted').map(seen)
    return asks('enrollments.reorder', { classId, items: items.toReversed() })
  },
  'enrollments.complete': ({ asks, made }) => asks('enrollments.complete', { ...first(made.enrollmentId), grade: 'A' }),
  'enrollments.reinstate': async ({ asks, made, office }) =>
    asks(
      'enrollments.reinstate',
      seen(await office('enrollments.withdraw', { ...first(made.enrollmentId), reason: 'moved' })),
    ),
}

const known: Record<string, Case> = {
  'schoolEnrollments.create': async ({ asks, office }) => {
    const { id } = await office('students.create', person())
    return asks('schoolEnrollments.create', { studentId: id, beginDate: tomorrow })
  },
  'schoolEnrollments.update': ({ asks, made }) =>
    asks('schoolEnrollments.update', { ...first(made.schoolEnrollmentId), gradeLevel: '07' }),
  'schoolEnrollments.leave': ({ asks, made: { studentId, schoolEnrollmentId } }) =>
    asks('schoolEnrollments.leave', {
      ...{ studentId, seen: first(schoolEnrollmentId), endDate: tomorrow, exitType: 'transferred', endsClasses: true },
    }),
  'schoolEnrollments.archive': ({ asks, made }) => asks('schoolEnrollments.archive', first(made.schoolEnrollmentId)),
  'schoolEnrollments.restore': async ({ asks, made, office }) => {
    await office('schoolEnrollments.archive', first(made.schoolEnrollmentId))
    return asks('schoolEnrollments.restore', { id: made.schoolEnrollmentId, version: 2 })
  },
  'studentAlerts.create': ({ asks, made: { studentId } }) =>
    asks('studentAlerts.create', { studentId, kind: 'other', text: 'Coat' }),
  'studentAlerts.update': ({ asks, made }) =>
    asks('studentAlerts.update', { ...first(made.studentAlertId), text: 'Coat' }),
  'studentAlerts.archive': ({ asks, made }) => asks('studentAlerts.archive', first(made.studentAlertId)),
  'studentAlerts.restore': async ({ asks, made, office }) => {
    await office('studentAlerts.archive', first(made.studentAlertId))
    return asks('studentAlerts.restore', { id: made.studentAlertId, version: 2 })
  },
  'studentGuardians.create': ({ asks, made: { studentId } }) =>
    asks('studentGuardians.create', { studentId, guardian: person(), relation: 'father' }),
  'studentGuardians.update': ({ asks, made }) =>
    asks('studentGuardians.update', { ...first(made.studentGuardianId), mayPickUp: true, isBarred: false }),
  'studentGuardians.archive': ({ asks, made }) => asks('studentGuardians.archive', first(made.studentGuardianId)),
  'studentGuardians.restore': async ({ asks, made, office }) => {
    await office('studentGuardians.archive', first(made.studentGuardianId))
    return asks('studentGuardians.restore', { id: made.studentGuardianId, version: 2 })
  },
  'students.merge': async ({ asks, made, office }) => {
    const { id } = await office('students.create', person())
    return asks('students.merge', { ...first(made.studentId), intoId: id, intoVersion: 1, take: [] })
  },
}

const schoolOf = async (userId: string) => {
  const [member] = await db.select({ id: memberships.schoolId }).from(memberships).where(eq(memberships.userId, userId))
  return member?.id ?? 0
}
const ofOwnImport =
  (path: string): Case =>
  async ({ asks, userId }) =>
    asks(path, { id: await addImport(await schoolOf(userId), userId) })
const imports: Record<string, Case> = {
  'imports.compare': ofOwnImport('imports.compare'),
  'imports.bringIn': ofOwnImport('imports.bringIn'),
  'imports.cancel': ofOwnImport('imports.cancel'),
  'imports.undo': async ({ asks, userId }) => {
    const operationId = newId()
    await asks('rooms.create', { name: name() }, operationId)
    await addResult(await schoolOf(userId), operationId)
    return asks('imports.undo', { operationId })
  },
}

const view = () => ({ place: 'students', name: name(), search: '', isShared: false })
const atOneself: Record<string, Case> = {
  'photos.upload': ({ asks, made: { studentId } }) => asks('photos.upload', { studentId, content: inBase64(jpeg()) }),
  'photos.set': async ({ asks, made: { studentId }, office }) => {
    const { hash } = await office<{ hash: string }>('photos.upload', { studentId, content: inBase64(jpeg()) })
    return asks('photos.set', { ...first(studentId), photo: hash })
  },
  'presences.keep': async ({ asks, made, office }) => {
    const record = { entity: 'academicSession', entityId: made.academicSessionId }
    await office('presences.keep', { tab: made.classId, ...record })
    return asks('presences.keep', { tab: made.studentId, ...record })
  },
  'presences.remove': ({ asks, made }) => asks('presences.remove', { tab: made.studentId }),
  'savedViews.create': ({ asks }) => asks('savedViews.create', view()),
  'savedViews.update': async ({ asks }) =>
    asks('savedViews.update', { ...seen(await asks('savedViews.create', view())), name: name() }),
  'savedViews.archive': async ({ asks }) => asks('savedViews.archive', seen(await asks('savedViews.create', view()))),
  'journal.undo': async ({ asks }) => {
    const operationId = newId()
    await asks('savedViews.create', view(), operationId)
    return asks('journal.undo', { operationId })
  },
}

const memberOf = async ({ made, office }: Place) => {
  const all = await office<(Answer & { email: string })[]>('members.list', {})
  const found = all.find(({ email }) => email === made.member.person.email)
  if (!found) throw new Error('the marked member is not on the list')
  return seen(found)
}
const ofMember =
  (path: string, more: object = {}): Case =>
  async (place) =>
    place.asks(path, { ...(await memberOf(place)), ...more })
const after =
  (before: string, path: string): Case =>
  async (place) =>
    place.asks(path, seen(await place.office(before, await memberOf(place))))

const members: Record<string, Case> = {
  'members.invite': ({ asks }) =>
    asks('members.invite', { name: 'Mo', email: `mo${++named}@school.example`, role: 'viewer' }),
  'members.update': ofMember('members.update', { role: 'registrar' }),
  'members.remove': ofMember('members.remove'),
  'members.restore': after('members.remove', 'members.restore'),
  'members.resetPassword': ofMember('members.resetPassword'),
  'members.disable': ofMember('members.disable'),
  'members.enable': after('members.disable', 'members.enable'),
  'members.endSessions': ofMember('members.endSessions'),
  'members.giveOwnership': async (place) => {
    await changeAccount(place.userId, { isOwner: true })
    await changeAccount(place.made.member.person.userId, { passwordChosenAt: now })
    return place.asks('members.giveOwnership', await memberOf(place))
  },
  'members.giveUpOwnership': async (place) => {
    await changeAccount(place.userId, { isOwner: true })
    const { userId } = place.made.member.person
    await changeAccount(userId, { isOwner: true, passwordChosenAt: now })
    const all = await place.office<(Answer & { isYou: boolean })[]>('members.list', {})
    const own = all.find(({ isYou }) => isYou)
    const answer = await place.asks('members.giveUpOwnership', seen(own ?? { id: '', version: 0 }))
    await changeAccount(userId, { isOwner: false })
    return answer
  },
}

/** For owners of the register alone, of what nobody else has changed meanwhile. */
const ofFlag =
  (path: string, more: object): Case =>
  async ({ asks, userId }) => {
    await changeAccount(userId, { isOwner: true })
    const key = 'move-page'
    const { version } = await asks<{ version: number }>('flags.get', { key })
    if (path === 'flags.set' || version) return asks(path, { key, version, ...more })
    await asks('flags.set', { key, version, mode: 'off' })
    return asks(path, { key, version: version + 1 })
  }
const flags: Record<string, Case> = {
  'flags.set': ofFlag('flags.set', { mode: 'rules', percent: 50 }),
  'flags.undo': ofFlag('flags.undo', {}),
}
const notOwning = (own: Record<string, Case>): Record<string, Case> =>
  Object.fromEntries(
    Object.entries(own).map(([path, run]) => [
      path,
      (place) => run(place).finally(() => changeAccount(place.userId, { isOwner: false })),
    ]),
  )
const tokens: Record<string, Case> = {
  'apiTokens.create': ({ asks }) => asks('apiTokens.create', { name: name(), scopes: ['program.read'], days: 1 }),
  'apiTokens.createService': ({ asks }) =>
    asks('apiTokens.createService', { name: name(), role: 'viewer', scopes: ['program.read'], days: 1 }),
  'apiTokens.revoke': async ({ asks }) => {
    const { id } = await asks('apiTokens.create', { name: name(), scopes: ['program.read'], days: 1 })
    return asks('apiTokens.revoke', { id })
  },
}

const hook = () => ({ name: name(), url: 'https://127.0.0.1:1024/', entities: ['student'] })
const ofWebhook =
  (verb: string, more: object = {}): Case =>
  async ({ asks, office }) => {
    const { id } = await office('webhooks.create', hook())
    return asks(`webhooks.${verb}`, verb === 'test' ? { id } : { ...first(id), ...more })
  }
const hooks: Record<string, Case> = {
  'webhooks.create': ({ asks }) => asks('webhooks.create', hook()),
  'webhooks.update': ofWebhook('update', { name: 'Library' }),
  'webhooks.replay': ofWebhook('replay', { after: 0 }),
  ...Object.fromEntries(
    ['rotate', 'pause', 'archive', 'test'].map((verb): [string, Case] => [`webhooks.${verb}`, ofWebhook(verb)]),
  ),
  'webhooks.resume': async ({ asks, office }) => {
    const { id } = await office('webhooks.create', hook())
    return asks('webhooks.resume', seen(await office('webhooks.pause', first(id))))
  },
}

const settings: Record<string, Case> = {
  'schools.update': async ({ asks, office }) =>
    asks('schools.update', { version: (await office('schools.get')).version, weekdays: [1, 2, 3] }),
}

const another = 'nine tall red chimneys'
const doors: Record<string, Case> = {
  'session.create': async ({ made, visitor }) => {
    const { userId, email } = made.member.person
    await changeAccount(userId, { passwordHash: await passwordHash() })
    return visitor('session.create', { email, password })
  },
  'session.remove': ({ asks }) => asks('session.remove'),
  'session.revokeOthers': ({ asks }) => asks('session.revokeOthers'),
  'session.revoke': async ({ asks }) => {
    const [own] = await asks<{ id: string }[]>('session.list')
    return asks('session.revoke', { sessionId: own?.id })
  },
  'session.changePassword': async ({ asks, userId }) => {
    await changeAccount(userId, { passwordHash: await passwordHash() })
    return asks('session.changePassword', { oldPassword: password, newPassword: another })
  },
  'invitation.accept': async (place) => {
    const { link } = await place.office<{ link: { token: string } }>('members.resetPassword', await memberOf(place))
    return place.visitor('invitation.accept', { token: link.token, password: another })
  },
}

export const validWrites: Record<string, Case> = {
  ...Object.fromEntries(Object.entries(kinds).flatMap(([feature, kind]) => casesOf(feature, kind))),
  ...Object.fromEntries([
    erasing('students', 'studentId'),
    erasing('guardians', 'guardianId'),
    erasing('instructors', 'instructorId'),
  ]),
  ...teaching,
  ...calendar,
  ...seats,
  ...known,
  ...imports,
  ...atOneself,
  ...members,
  ...tokens,
  ...hooks,
  ...settings,
  ...notOwning(flags),
  ...doors,
}
