/** What a list's file says is pasted again: nothing is added and nothing changes, whatever people and things are called. */
import { afterAll, expect, test, vi } from 'vitest'
import type { RecordEntity } from '../../../db/values.ts'
import { addressKinds, employments, gradeLevels, guardianRelations, programTypes, sexes } from '../../../db/values.ts'
import { atDesk } from '../../setup/pasting.tsx'
import type { Caller } from '../../setup/people.ts'
import { api, registrar } from '../../setup/school.ts'
import { texts } from '../../setup/texts.ts'
import { isFull } from '../../thorough.ts'

afterAll(() => {
  vi.unstubAllGlobals()
})

const each = (make: (text: string, n: number) => object): object[] => texts.map(make)

const people = (more: (text: string, n: number) => object = () => ({})) => [
  ...each((familyName, n) => ({ familyName, givenName: `Sam, ${n}`, middleName: familyName, ...more(familyName, n) })),
  ...each((givenName) => ({ givenName, familyName: '' })),
  ...each((preferredName) => ({ givenName: '', familyName: 'van der Berg', preferredName })),
  { givenName: 'Same', familyName: 'Twice' },
  { givenName: 'Same', familyName: 'Twice' },
]
const addressOf = (text: string | null) => ({
  street: text,
  city: text && cut(text, 40),
  region: null,
  postalCode: text && cut(text, 20),
  country: null,
})
const cut = (text: string, length: number) => text.slice(0, length).toWellFormed().trim() || 'x'

type Feature = { [F in keyof Caller]: Caller[F] extends Record<'restoreMany', unknown> ? F : never }[keyof Caller]
type Make = (of: (entity: RecordEntity) => (n: number) => string | undefined) => object[]
/** In an order in which what is referred to is there already. */
const makes: readonly [entity: RecordEntity, feature: Feature, make: Make][] = [
  ['department', 'departments', () => each((name) => ({ name }))],
  [
    'program',
    'programs',
    (of) => each((name, n) => ({ name, type: programTypes[n % 4], departmentId: of('department')(n) })),
  ],
  ['room', 'rooms', () => each((name, seats) => ({ name, seats }))],
  [
    'course',
    'courses',
    (of) => [
      ...each((title, n) => ({ title, code: title, credits: `${n}.${n % 4}5`, departmentId: of('department')(n) })),
      { title: 'Same' },
      { title: 'Same', credits: '1' },
    ],
  ],
  [
    'academicSession',
    'academicSessions',
    () => [
      ...each((title) => ({ title, type: 'schoolYear', startDate: '2030-09-01', endDate: '2031-08-31' })),
      ...each((title) => ({ title, type: 'term', startDate: '2031-01-05', endDate: '2031-04-01', schoolYear: 2031 })),
    ],
  ],
  [
    'instructor',
    'instructors',
    (of) =>
      people((email, n) => ({
        email: `o'${n}@school.example`,
        preferredName: email,
        employment: employments[n % 3],
        departmentId: of('department')(n),
      })),
  ],
  ['guardian', 'guardians', () => people((text) => ({ phone: '+1 555 0100', otherPhone: cut(text, 40) }))],
  [
    'student',
    'students',
    (of) =>
      people((number, n) => ({
        number: cut(number, 50) === number ? number : null,
        birthDate: '2012-03-04',
        gradeLevel: [...gradeLevels, 'Year 6', 'Form 5'][n % 22],
        programId: of('program')(n),
        isCoop: n % 2 === 0,
        sex: sexes[n % 4],
        homeLanguage: cut(number, 100),
        previousSchool: cut(number, 200),
        addresses: addressKinds.map((kind, line) => ({ kind, ...addressOf(line === n % 2 ? number : null) })),
      })),
  ],
  [
    'class',
    'classes',
    (of) => [
      ...each((title, n) => ({
        title,
        code: title,
        capacity: n,
        courseId: of('course')(n),
        roomId: of('room')(n),
        academicSessionIds: [of('academicSession')(n)],
      })),
      { title: 'Same', capacity: 3 },
      { title: 'Same' },
    ],
  ],
]

interface Listed {
  id: string
  version: number
}
interface Verbs {
  list(input: object): Promise<Listed[] | { rows: Listed[] }>
  createMany(input: { items: object[] }): Promise<{ outcomes: { id?: string }[] }>
  archiveMany(input: { items: object[]; standing: 'keep' }): Promise<unknown>
}
const verbs = (feature: Feature) => api()[feature] as unknown as Verbs
const moreOf: Partial<Record<Feature, object>> = {
  students: { limit: 1_000, withAddresses: true, withFacts: true },
  classes: { limit: 1_000 },
  guardians: { limit: 1_000 },
}
async function listed(feature: Feature, archived: boolean): Promise<Listed[]> {
  const answer = await verbs(feature).list({ archived, ...moreOf[feature] })
  return 'rows' in answer ? answer.rows : answer
}

const made = new Map<RecordEntity, string[]>()
const idOf = (entity: RecordEntity) => (n: number) => made.get(entity)?.[n % (made.get(entity)?.length ?? 1)]
for (const [entity, feature, make] of makes) {
  const { outcomes } = await verbs(feature).createMany({ items: make(idOf) })
  made.set(
    entity,
    outcomes.map(({ id }) => String(id)),
  )
}
for (const [entity, feature] of makes) {
  const items = (made.get(entity) ?? []).filter((_, n) => n % 9 === 4).map((id) => ({ id, version: 1 }))
  await verbs(feature).archiveMany({ items, standing: 'keep' })
}

const locales = ['en-US', 'en-GB', 'de-DE', 'fr-CA', 'sv-SE', 'cs-CZ', 'ar-EG', 'fa-IR', 'ja-JP']
for (const [kind, [entity, feature]] of makes.entries()) {
  // Each kind in a locale or two of its own; in full in three, of which each has its share of the single columns.
  const three = locales.filter((_, n) => n % 3 === kind % 3)
  test.each(isFull ? three : three.slice(0, 1))(
    `a file of all ${feature}, pasted again, has nothing to add in %s`,
    async (locale) => {
      const desk = await atDesk(registrar, locale)
      const [first, ...more] = await desk.columns(entity)
      // Each column beside the name, in full, in one locale or another.
      const single = more.filter((_, n) => isFull && n % three.length === three.indexOf(locale))
      for (const cols of [undefined, more.join(','), first, ...single])
        for (const isArchived of [false, true]) {
          const rows = await listed(feature, isArchived)
          const { isCompared, checked } = await desk.paste(entity, await desk.file(entity, rows, cols))
          expect([isCompared, checked.length]).toEqual([true, rows.length])
          // Of an archived record's namesakes in use nobody guesses that they are meant.
          const left = isArchived ? ['same', 'ask'] : ['same']
          const others = checked.filter(({ state }) => !left.includes(state))
          expect(
            others.map(({ row, state, standing }) => [row.cells, state, standing]),
            cols,
          ).toEqual([])
        }
    },
  )
}

test("a file with guardians, pasted again, adds nobody, and takes no guardian's email for the student's", async () => {
  const student = await api().students.create({ givenName: 'Filed', familyName: 'Ada', gradeLevel: '05' })
  for (const [n, familyName] of ['García López', 'van der Berg', 'Smith, Jr.', 'Lee'].entries()) {
    const guardian = { givenName: 'Ann', middleName: 'Maria', familyName, otherPhone: `+1 614 555 010${n}` }
    await api().studentGuardians.create({
      studentId: student.id,
      guardian: { ...guardian, email: `ann.${n}@home.example` },
      relation: guardianRelations[n] ?? 'other',
    })
  }
  const { rows } = await api().students.list({ search: 'Filed Ada', withGuardians: true })
  const desk = await atDesk(registrar, 'en-US')
  const { checked, pasted, isCompared } = await desk.paste('student', await desk.file('student', rows, 'guardians'))
  expect(pasted?.mapping).not.toContain('email')
  expect(pasted?.mapping).toContain('guardian2.email')
  expect([isCompared, checked.map(({ state }) => state)]).toEqual([true, ['same']])
})
