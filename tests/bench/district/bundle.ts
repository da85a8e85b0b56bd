/** A made-up district as a OneRoster bundle, the same one for the same numbers. */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface Size {
  schools: number
  people: number
  enrollments: number
}

const sizesOf = ({ schools, people, enrollments }: Size) => {
  const instructors = Math.max(schools, Math.round(people / 15))
  const students = people - instructors
  return { schools, instructors, students, enrollments, classes: Math.max(schools, Math.round(enrollments / 25)) }
}
type Counts = ReturnType<typeof sizesOf> & { endsEach: number }

type File = [header: string, rows: (counts: Counts) => Generator<string>]

/** Members are spread so that each school has its own people and classes, whose numbers leave the same rest. */
const files: Record<string, File> = {
  manifest: [
    'propertyName,value',
    function* () {
      yield 'oneroster.version,1.1'
      yield 'source.systemCode,district-bench'
    },
  ],
  orgs: [
    'sourcedId,name,type,parentSourcedId',
    function* ({ schools }) {
      yield 'district,Bench District,district,'
      for (let n = 0; n < schools; n++) yield `school-${n},Bench School ${n},school,district`
    },
  ],
  academicSessions: [
    'sourcedId,title,type,startDate,endDate,schoolYear',
    function* () {
      yield 'term,Bench Year,schoolYear,2026-08-24,2027-06-18,2027'
    },
  ],
  courses: [
    'sourcedId,title,courseCode,orgSourcedId',
    function* ({ schools }) {
      for (let n = 0; n < schools * 20; n++) yield `course-${n},Course ${n},C${n},school-${n % schools}`
    },
  ],
  classes: [
    'sourcedId,title,courseSourcedId,schoolSourcedId,termSourcedIds',
    function* ({ schools, classes }) {
      for (let n = 0; n < classes; n++)
        yield `class-${n},Class ${n},course-${n % (schools * 20)},school-${n % schools},term`
    },
  ],
  users: [
    'sourcedId,orgSourcedIds,role,givenName,familyName,identifier,email,grades',
    function* ({ schools, instructors, students }) {
      for (let n = 0; n < instructors; n++)
        yield `teacher-${n},school-${n % schools},teacher,Tess,Teacher ${n},,tess.${n}@district.example,`
      for (let n = 0; n < students; n++)
        yield `student-${n},school-${n % schools},student,Sam,Student ${n},${n},sam.${n}@district.example,07`
    },
  ],
  enrollments: [
    'sourcedId,classSourcedId,userSourcedId,schoolSourcedId,role,primary,beginDate,endDate',
    function* ({ schools, instructors, students, classes, enrollments, endsEach }) {
      const perSchool = (count: number, school: number) => Math.ceil((count - school) / schools)
      for (let n = 0; n < classes; n++) {
        const teacher = (n % schools) + schools * (Math.floor(n / schools) % perSchool(instructors, n % schools))
        yield `leads-${n},class-${n},teacher-${teacher},school-${n % schools},teacher,true,,`
      }
      for (let n = 0; n < enrollments - classes; n++) {
        const student = n % students
        const school = student % schools
        const turn = Math.floor(n / students)
        const at = (Math.floor(student / schools) * 7 + turn * 11) % perSchool(classes, school)
        yield `sits-${n},class-${school + schools * at},student-${student},school-${school},student,,2026-08-31,${endsEach && n % endsEach === 0 ? '2027-01-29' : ''}`
      }
    },
  ],
}

function* textOf(header: string, rows: Iterable<string>): Generator<string> {
  yield `${header}\n`
  for (const row of rows) yield `${row}\n`
}

/** One enrollment in `endsEach` has a last day. */
export async function writeDistrict(folder: string, size: Size, endsEach = 0): Promise<void> {
  const counts = { ...sizesOf(size), endsEach }
  for (const [name, [header, rows]] of Object.entries(files))
    await pipeline(Readable.from(textOf(header, rows(counts))), createWriteStream(join(folder, `${name}.csv`)))
}
