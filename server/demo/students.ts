import { newId } from '../../db/kit.ts'
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

function addressRow(studentId: string, kind: 'local' | 'permanent', random: Random, from: DemoName['from'] | null) {
  return {
    id: newId(),
    studentId,
    kind,
    street: `${1 + random.below(240)} ${random.pick(streets)}`,
    city: from?.city ?? 'Northgate',
    region: from ? null : 'Ohio',
    postalCode: from ? null : `4310${random.below(10)}`,
    country: from?.country ?? 'United States',
  }
}

function studentRow(random: Random, index: number, programIds: readonly string[]) {
  const grade = index % grades.length
  const number = `${26 - grade}${String(Math.floor(index / grades.length) + 1).padStart(5, '0')}`
  const { from, ...name } = demoName(random)
  const email = demoEmail(name.givenName, name.familyName, `.${number}`, 'students.northgate.example')
  const isInternational = random.chance(0.05)
  const row = {
    id: newId(),
    ...name,
    email,
    number,
    // A student is fourteen in the school year in which ninth grade begins.
    birthDate: dayWithin(random, `${2011 - grade}-09-01`, 365),
    gradeLevel: grades[grade] ?? null,
    status: random.chance(0.02) ? ('inactive' as const) : ('active' as const),
    isInternational,
    isCoop: grade >= 2 && random.chance(0.12),
    programId: programIds[isInternational ? 1 : random.chance(0.1) ? 2 : 0] ?? null,
  }
  return { row, from }
}

const householdSeed = 20281204

export interface DemoStudent extends ReturnType<Households['of']> {
  student: ReturnType<typeof studentRow>['row']
  addresses: ReturnType<typeof addressRow>[]
  enrollments: ReturnType<typeof enrollmentRow>[]
  stays: ReturnType<typeof schoolEnrollmentRow>[]
}

const enrollmentRow = (studentId: string, classId: string) => ({
  id: newId(),
  studentId,
  classId,
  status: 'enrolled' as const,
})

const schoolEnrollmentRow = ({ id: studentId, status }: { id: string; status: string }, index: number) => ({
  id: newId(),
  studentId,
  // She came when she was in the youngest grade.
  beginDate: `${2026 - (index % grades.length)}-08-31`,
  entryType: index % 9 === 0 ? ('transfer' as const) : ('new' as const),
  ...(status === 'inactive' && { endDate: '2026-09-18', exitType: 'transferred' as const }),
})

export function* makeStudents(
  { students, classesEach, seed }: { students: number; classesEach: number; seed: number },
  timetable: Timetable,
): Generator<DemoStudent> {
  const random = new Random(seed)
  const households = new Households(householdSeed)
  const programIds = timetable.programs.map(({ id }) => id)
  for (let index = 0; index < students; index++) {
    const { row: student, from } = studentRow(random, index, programIds)
    const addresses = student.isInternational
      ? [addressRow(student.id, 'local', random, null), addressRow(student.id, 'permanent', random, from)]
      : [addressRow(student.id, 'permanent', random, null)]
    const taken = classesOf(timetable, index % grades.length, Math.floor(index / grades.length), classesEach)
    const enrollments = [...taken].map(({ id }) => enrollmentRow(student.id, id))
    yield { student, addresses, enrollments, stays: [schoolEnrollmentRow(student, index)], ...households.of(student) }
  }
}
