/** Text that a browser would run, in every field that takes text, on every page that shows it. */
import type { Page } from '@playwright/test'
import { walked } from '../thorough.ts'
import { ann } from './people.ts'
import { settled, watchRequests } from './settled.ts'
import { ask, expect, ownSite, signIn, test } from './test.ts'

const site = ownSite()

let fields = 0
/** Another text each time, so that no two records are alike. */
const script = () => `<img src=x onerror="window.run=${++fields}">`
const markup = () => `"><svg/onload=window.run=${++fields}>{{7*7}}</style><script>window.run=${fields}</script>`

const ofKind = ([kind, id]: string[]) => [kind, `${kind}/print`, `${kind}/${id}`, `${kind}/${id}/edit`].map(String)

/** A record of each kind, with such a text wherever one fits. Answers the pages that show them. */
async function seed(page: Page): Promise<string[]> {
  const make = async (procedure: string, data: object) => (await ask(page, site.url, procedure, data)).id
  const department = await make('departments.create', { name: script() })
  const program = await make('programs.create', { name: script(), type: 'other', departmentId: department })
  const room = await make('rooms.create', { name: script() })
  const course = await make('courses.create', {
    title: markup(),
    code: script().slice(0, 40),
    departmentId: department,
  })
  const year = { type: 'term', startDate: '2026-09-01', endDate: '2027-06-30' }
  const term = await make('academicSessions.create', { title: script(), ...year })
  const address = {
    kind: 'local',
    street: script(),
    city: markup(),
    region: '<b>r',
    postalCode: '<i>1',
    country: script(),
  }
  const names = () => ({ givenName: script(), familyName: markup() })
  const student = await make('students.create', {
    ...names(),
    middleName: script(),
    preferredName: script(),
    homeLanguage: script(),
    previousSchool: markup(),
    medicalNote: script(),
    number: '<s>1',
    programId: program,
    addresses: [address],
  })
  const twin = await make('students.create', { ...names(), birthDate: '2012-01-02' })
  const instructor = await make('instructors.create', { ...names(), departmentId: department })
  const about = { courseId: course, roomId: room, capacity: 1, academicSessionIds: [term] }
  const klass = await make('classes.create', { title: script(), code: '<u>1', ...about })
  await make('classInstructors.create', { classId: klass, instructorId: instructor, isPrimary: true })
  await make('classes.enroll', { classId: klass, studentIds: [student, twin], waitlist: true })
  await make('studentAlerts.create', { studentId: student, kind: 'medical', text: script() })
  const guardian = { ...names(), phone: '<img src=x>', email: 'guardian@school.example' }
  await make('studentGuardians.create', { studentId: student, guardian, relation: 'mother', note: markup() })
  const meeting = { weekday: 1, startTime: '09:00', endTime: '10:00', roomId: room }
  await make('meetings.update', { classId: klass, meetings: [meeting], seen: [] })
  const view = { place: 'students', name: script().slice(0, 60), search: 'q=%3Cscript%3E', isShared: true }
  await make('savedViews.create', view)
  await make('members.invite', { name: script(), email: 'injected@school.example', role: 'viewer' })
  const ids = { students: student, classes: klass, rooms: room }
  const others = { instructors: instructor, courses: course, terms: term, departments: department, programs: program }
  return [
    ...Object.entries(walked(ids, { ...ids, ...others })).flatMap(ofKind),
    ...['home', 'guardians', 'guardians/print', 'history', 'members', 'members/new', 'students/duplicates'],
    ...[`students/${student}/merge/${twin}`, `classes/${klass}/meetings`, `classes/${klass}/print`],
    ...[`classes/${klass}/emergency`, `classes/${klass}/labels`, `classes/${klass}/photos`, 'students/labels'],
    ...['student', 'room', 'class', 'instructor'].map(
      (of, n) => `timetable?of=${of}&id=${[student, room, klass, instructor][n]}`,
    ),
    `students?q=${encodeURIComponent(script())}`,
  ]
}

/** What of it became more than text. */
const found = (page: Page) =>
  page.evaluate(() => ({
    run: (window as { run?: number }).run,
    elements: document.querySelectorAll('img[src=x], svg[onload], [onerror], #root script').length,
    links: [...document.querySelectorAll('a[href]')]
      .map((link) => link.getAttribute('href') ?? '')
      .filter((address) => !/^(\/|#|\?|mailto:|tel:|https?:)/.test(address)),
  }))

test('in whatever field it stands, text that would be a script is shown as text on every page', async ({ page }) => {
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  watchRequests(page)
  await signIn(page.context(), site.url, ann)
  const paths = await seed(page)
  let shown = 0
  for (const path of paths) {
    await page.goto(`${site.url}/northgate/${path}`)
    await settled(page)
    expect(await found(page), path).toEqual({ run: undefined, elements: 0, links: [] })
    if ((await page.locator('body').innerText()).includes('window.run=')) shown += 1
  }
  expect(dialogs).toEqual([])
  expect(shown).toBeGreaterThan(paths.length / 2)
})
