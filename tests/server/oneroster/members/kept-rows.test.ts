/** Deltas in any order, held against a plain model of the rows that the other system has. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grouped } from '../../../../server/grouped.ts'
import { fold } from '../../../../server/oneroster/members/ranges.ts'
import { enrollmentsFile, found, importFiles, rowsIn, smallSchool, usersFile } from '../bundle.ts'

const days = ['2026-08-31', '2026-09-15', '2026-10-01', '2026-10-20', '2026-11-05', '2026-12-01', '2027-01-29']
interface Said {
  id: 'a' | 'b' | 'c'
  classId: 'c1' | 'c2'
  beginDate: string
  endDate: string
  status: 'active' | 'inactive' | 'tobedeleted'
}
const said: fc.Arbitrary<Said> = fc
  .record({
    id: fc.constantFrom('a' as const, 'b' as const, 'c' as const),
    classId: fc.constantFrom('c1' as const, 'c1' as const, 'c2' as const),
    days: fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days)),
    status: fc.constantFrom('active' as const, 'active' as const, 'inactive' as const, 'tobedeleted' as const),
  })
  .map(({ days: both, ...rest }) => {
    const [beginDate = '', endDate = ''] = both.toSorted()
    return { ...rest, beginDate, endDate }
  })
/** What is said of one student, a row or two in each of five deltas. */
const story = fc.array(fc.uniqueArray(said, { minLength: 1, maxLength: 2, selector: ({ id }) => id }), {
  minLength: 5,
  maxLength: 5,
})

/** In use, by the plain rule: the union of the rows in each class, withdrawn when all of it are inactive. */
function expected(rows: ReadonlyMap<string, Said>): string[] {
  const inUse = [...rows.values()].filter(({ status }) => status !== 'tobedeleted')
  return ['c1', 'c2'].flatMap((classId) =>
    fold(inUse.filter((row) => row.classId === classId)).map(({ beginDate, endDate, members }) => {
      const left = members.every(({ status }) => status === 'inactive')
      return `${classId} ${beginDate} ${endDate}${left ? ' withdrawn' : ''}`
    }),
  )
}

let schools = 0
test('after deltas in any order a student is in each class on the days of the rows that are left', async () => {
  const check = async (stories: Said[][][]) => {
    schools++
    const org = `deltas-${schools}`
    const users = usersFile(...stories.map((_, n) => `p${n},,,${org},student,Ada,P${n},,,`))
    const classes = `sourcedId,title,schoolSourcedId\nc1,Art,${org}\nc2,Music,${org}\n`
    const base = smallSchool(org, { 'users.csv': users, 'classes.csv': classes, 'enrollments.csv': enrollmentsFile() })
    await importFiles(base)
    const classOf = new Map([
      [(await found('classes', org, 'c1')).id, 'c1'],
      [(await found('classes', org, 'c2')).id, 'c2'],
    ])
    const studentOf = new Map((await rowsIn('students', org)).map(({ id, sourcedId }) => [id, sourcedId]))
    const models = stories.map(() => new Map<string, Said>())
    for (let step = 0; step < 5; step++) {
      const lines = stories.flatMap((steps, n) =>
        (steps[step] ?? []).map((row) => {
          models[n]?.set(row.id, row)
          return `${row.id}${n},${row.status},${row.classId},p${n},student,,${row.beginDate},${row.endDate}`
        }),
      )
      const { rejected } = await importFiles({
        'orgs.csv': base['orgs.csv'] ?? '',
        'manifest.csv': 'propertyName,value\nfile.enrollments,delta\n',
        'enrollments.csv': enrollmentsFile(...lines),
      })
      expect(rejected.total).toBe(0)
      const inUse = (await rowsIn('enrollments', org)).filter(({ archivedAt }) => !archivedAt)
      const real = grouped(inUse, ({ studentId }) => studentOf.get(studentId))
      for (const [n, model] of models.entries()) {
        const of = (real.get(`p${n}`) ?? []).map(
          ({ classId, beginDate, endDate, status }) =>
            `${classOf.get(classId)} ${beginDate} ${endDate}${status === 'withdrawn' ? ' withdrawn' : ''}`,
        )
        expect(of.toSorted(), JSON.stringify(stories[n]?.slice(0, step + 1))).toEqual(expected(model).toSorted())
      }
    }
  }
  await fc.assert(fc.asyncProperty(fc.array(story, { minLength: 60, maxLength: 60 }), check), {
    numRuns: 1,
    endOnFailure: true,
  })
})
