import { newId } from '../../db/kit.ts'
import { searchText, sortName } from '../people.ts'
import { grades } from './curriculum.ts'
import { Households } from './guardians.ts'
import type { DemoName } from './names.ts'
import { demoName } from './names.ts'
import { Random } from './random.ts'
import type { Timetable } from './timetable.ts'
import { classesOf, demoEmail } from './timetable.ts'

const streets: [string, ...string[]] = [
  'Maple Avenue',
  'Station Road',
  'Mill Lane',
  'Harbor Street',
  'Orchard Way',
  'Chestnut Street',
  'Kingfisher Close',
  'Bridge Street',
  'Hillcrest Drive',
  'Cedar Court',
]

const dayWithin = (random: Random, from: string, days: number) =>
  new Date(Date.parse(from) + random.below(days) * 86_400_000).toISOString().slice(0, 10)

const fresh = (schoolId: number) => ({ schoolId, id: newId(), version: 1, archivedAt: null })

function addressRow(
  schoolId: number,
  studentId: string,
  kind: 'local' | 'permanent',
  random: Random,
  from: DemoName['from'] | null,
) {
  return {
    ...fresh(schoolId),
    studentId,
    kind,
    street: `${1 + random.below(240)} ${random.pick(streets)}`,
    city: from?.city ?? 'Northgate',
    region: from ? null : 'Ohio',
    postalCode: from ? null : `4310${random.below(10)}`,
    country: from?.country ?? 'United States',
  }
}

function studentRow(schoolId: number, random: Random, index: number, programIds: readonly string[]) {
  const grade = index % grades.length
  const number = `${26 - grade}${String(Math.floor(index / grades.length) + 1).padStart(5, '0')}`
  const { from, ...name } = demoName(random)
  const email = demoEmail(name.givenName, name.familyName, `.${number}`, 'students.northgate.example')
  const isInternational = random.chance(0.05)
  const row = {
    ...fresh(schoolId),
    ...name,
    sortName: sortName(name),
    searchText: searchText(name, number, email),
    email,
    number,
    // A student is fourteen in the school year in which ninth grade begins.
    birthDate: dayWithin(random, `${2011 - grade}-09-01`, 365),
    gradeLevel: grades[grade] ?? null,
    status: random.chance(0.02) ? ('inactive' as const) : ('active' as const),
    isInternational,
    isCoop: grade >= 2 && random.chance(0.12),
    programId: programIds[isInternational ? 1 : random.chance(0.1) ? 2 : 0] ?? null,
    sourcedId: null,
    extra: {},
  }
  return { row, from }
}

const householdSeed = 20281204

export interface DemoStudent extends ReturnType<Households['of']> {
  student: ReturnType<typeof studentRow>['row']
  addresses: ReturnType<typeof addressRow>[]
  enrollments: ReturnType<typeof enrollmentRow>[]
}

const enrollmentRow = (schoolId: number, studentId: string, classId: string) => ({
  ...fresh(schoolId),
  studentId,
  classId,
  beginDate: null,
  endDate: null,
  status: 'enrolled' as const,
  grade: null,
  sourcedId: null,
  extra: {},
})

export function* makeStudents(
  schoolId: number,
  { students, classesEach, seed }: { students: number; classesEach: number; seed: number },
  timetable: Timetable,
): Generator<DemoStudent> {
  const random = new Random(seed)
  const households = new Households(householdSeed)
  const programIds = timetable.programs.map(({ id }) => id)
  for (let index = 0; index < students; index++) {
    const { row: student, from } = studentRow(schoolId, random, index, programIds)
    const addresses = student.isInternational
      ? [
          addressRow(schoolId, student.id, 'local', random, null),
          addressRow(schoolId, student.id, 'permanent', random, from),
        ]
      : [addressRow(schoolId, student.id, 'permanent', random, null)]
    const taken = classesOf(timetable, index % grades.length, Math.floor(index / grades.length), classesEach)
    const enrollments = [...taken].map(({ id }) => enrollmentRow(schoolId, student.id, id))
    yield { student, addresses, enrollments, ...households.of(student) }
  }
}
