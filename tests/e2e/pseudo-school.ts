/** A school whose records are written in Cyrillic and digits, so that whatever Latin letters are left are no data. */
import type { Page } from '@playwright/test'
import { password } from './people.ts'
import { ask } from './test.ts'

/** The school's name, and its segment in the address. */
export const school = '7'
export const locale = 'ar-XB'
const name = 'Анна Ли'

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Sets the register up behind its setup link; the page is its administrator's from then on. */
export async function setUp(page: Page, url: string, log: string): Promise<void> {
  const token = /\/setup#t=(\S+)/.exec(log)?.[1] ?? ''
  const you = { name, email: 'a@1.example', password }
  await ask(
    page,
    url,
    'setup.create',
    { token, ...you, school: { name: school, timeZone: 'Europe/London', locale } },
    '',
  )
}

type Make = <T = { id: string; version: number }>(procedure: string, data: object) => Promise<T>

async function fillCatalog(make: Make) {
  const department = await make('departments.create', { name: 'Науки' })
  const program = await make('programs.create', { name: 'Общая', type: 'diploma', departmentId: department.id })
  const course = await make('courses.create', {
    title: 'Химия',
    code: '101',
    credits: '3',
    departmentId: department.id,
  })
  const room = await make('rooms.create', { name: '12', seats: 1 })
  const archived = await make('rooms.create', { name: '13' })
  await make('rooms.archive', { id: archived.id, version: archived.version, standing: 'ask' })
  const year = { title: '2026', type: 'schoolYear', startDate: dayIn(-150), endDate: dayIn(150), schoolYear: 2026 }
  const parent = await make('academicSessions.create', year)
  const days = { startDate: dayIn(-60), endDate: dayIn(60) }
  const term = await make('academicSessions.create', { title: '2026/1', type: 'term', parentId: parent.id, ...days })
  const instructor = await make('instructors.create', {
    givenName: 'Ида',
    familyName: 'Хольм',
    email: 'i@1.example',
    employment: 'full-time',
    departmentId: department.id,
  })
  return { department, program, course, room, archived, term, instructor }
}

/** One of whom everything is known, and three of whom two share a name. */
async function fillStudents(make: Make, programId: string) {
  const address = { kind: 'local', street: 'Лесная 1', city: 'Город', region: '1', postalCode: '1', country: '7' }
  const student = await make('students.create', {
    givenName: 'Аня',
    familyName: 'Абаева',
    number: '1001',
    email: 's@1.example',
    birthDate: '2012-03-01',
    gradeLevel: '07',
    programId,
    isInternational: true,
    isCoop: true,
    addresses: [address],
  })
  const others: { id: string; version: number }[] = []
  for (const givenName of ['Боря', 'Вера', 'Вера'])
    others.push(await make('students.create', { givenName, familyName: 'Белов', gradeLevel: 'KG' }))
  const galina = { givenName: 'Галина', familyName: 'Абаева', phone: '+44 20 7946 0000', email: 'g@1.example' }
  const marks = { hasCustody: true, mayPickUp: true, livesWith: true }
  const mother = { studentId: student.id, guardian: galina, relation: 'mother', ...marks }
  const { guardianId } = await make<{ guardianId: string }>('studentGuardians.create', mother)
  const gleb = { givenName: 'Глеб', familyName: 'Абаев' }
  await make('studentGuardians.create', { studentId: student.id, guardian: gleb, relation: 'father', isBarred: true })
  await make('studentAlerts.create', { studentId: student.id, kind: 'medical', text: 'Орехи' })
  await make('students.update', { id: student.id, version: student.version, gradeLevel: '08', preferredName: 'Анюта' })
  return { student, others, guardian: { id: guardianId } }
}

/** One that is full and meets every day, and one that collides with it. */
async function fillClasses(make: Make, ids: Record<'course' | 'room' | 'term' | 'instructor', { id: string }>) {
  const roomId = ids.room.id
  const placed = { academicSessionIds: [ids.term.id], courseId: ids.course.id, roomId }
  const one = await make('classes.create', { title: 'Химия 7', code: '7', capacity: 2, ...placed })
  const two = await make('classes.create', { title: 'Физика 7', capacity: 3, ...placed })
  await make('classInstructors.create', { classId: one.id, instructorId: ids.instructor.id, isPrimary: true })
  const hour = { startTime: '09:00', endTime: '09:45', roomId }
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ ...hour, weekday }))
  const cycle = { cycleDay: 3, startTime: '10:00', endTime: '10:45' }
  await make('meetings.update', { classId: one.id, meetings: [...weekdays, cycle], seen: [] })
  const collision = { classId: two.id, meetings: [{ ...hour, weekday: 1 }], seen: [], overrideReason: 'Так надо' }
  await make('meetings.update', collision)
  return { one, two }
}

/** Of every kind something: current, archived, full, waiting, colliding, linked, twice. */
export async function fill(page: Page, url: string) {
  const make: Make = (procedure, data) => ask(page, url, procedure, data, school)
  const catalog = await fillCatalog(make)
  const people = await fillStudents(make, catalog.program.id)
  const classes = await fillClasses(make, catalog)
  const studentIds = [people.student, ...people.others].map(({ id }) => id)
  await make('classes.enroll', { classId: classes.one.id, studentIds, waitlist: true })
  await make('savedViews.create', { place: 'students', name: 'Мои', search: 'grade=07', isShared: true })
  await make('members.invite', { name: 'Вик', email: 'v@1.example', role: 'viewer' })
  return { ...catalog, ...people, ...classes }
}
