import { and, eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schoolEnrollments } from '../../../db/schema/index.ts'
import { overlap } from '../../../server/calendar.ts'
import { as, db, makePerson } from '../../setup/people.ts'
import { api, doing, makeStudent, school, undo } from '../../setup/school.ts'
import { cases } from '../../thorough.ts'

type Days = { beginDate: string; endDate?: string | null } & Record<string, unknown>
async function pupil(...days: Days[]) {
  const { id } = await makeStudent({ givenName: 'Amara', familyName: 'Abara' })
  for (const one of days) await api().schoolEnrollments.create({ studentId: id, ...one })
  return api().students.get({ id })
}
const listed = (studentId: string) => api().schoolEnrollments.list({ studentId })
const rowsOf = (...ids: string[]) =>
  db
    .select()
    .from(schoolEnrollments)
    .where(and(eq(schoolEnrollments.schoolId, school.id), inArray(schoolEnrollments.studentId, ids)))
type Seen = { id: string; version: number }
const merge = (gone: Seen, kept: Seen) =>
  doing((who) =>
    who.students.merge({ id: gone.id, version: gone.version, intoId: kept.id, intoVersion: kept.version, take: [] }),
  )

test('the days of the record that goes come over, and make the one that stays what they say', async () => {
  const gone = await pupil({ beginDate: '2026-09-01', gradeLevel: '09' })
  const kept = await pupil({ beginDate: '2024-09-02', endDate: '2025-06-20', exitType: 'endOfYear' })
  expect(kept.status).toBe('inactive')
  const operationId = await merge(gone, kept)
  expect(await listed(kept.id)).toMatchObject([
    { beginDate: '2026-09-01', endDate: null },
    { beginDate: '2024-09-02', endDate: '2025-06-20' },
  ])
  expect(await api().students.get({ id: kept.id })).toMatchObject({ status: 'active', gradeLevel: '09' })
  await undo(operationId)
  expect(await api().students.get({ id: kept.id })).toMatchObject({ status: 'inactive' })
  expect(await listed(gone.id)).toMatchObject([{ beginDate: '2026-09-01' }])
})

test('days that overlap become one stay, which ends as the later one did', async () => {
  const gone = await pupil({ beginDate: '2026-08-20', endDate: '2026-11-06', entryType: 'transfer', exitType: 'other' })
  const kept = await pupil({ beginDate: '2026-09-01', endDate: '2026-11-13', exitType: 'transferred' })
  await merge(gone, kept)
  expect(await listed(kept.id)).toMatchObject([
    { beginDate: '2026-08-20', endDate: '2026-11-13', entryType: 'transfer', exitType: 'transferred' },
  ])
})

const day = fc.integer({ min: 1, max: 60 }).map((n) => new Date(Date.UTC(2026, 8, n)).toISOString().slice(0, 10))
const range = fc
  .tuple(day, day, fc.boolean())
  .map(([a, b, isOpen]): Days => ({ beginDate: a < b ? a : b, endDate: isOpen ? null : a < b ? b : a }))
/** Those that overlap none of the ones before. */
function apart(all: Days[]): Days[] {
  const kept: Days[] = []
  const open = (days: Days) => ({ endDate: null, ...days })
  for (const one of all) if (!kept.some((other) => overlap(open(other), open(one)))) kept.push(one)
  return kept
}

test('whatever days two records have, merged they never overlap, and an undo gives each its own back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(range, { maxLength: 4 }), fc.array(range, { maxLength: 4 }), async (a, b) => {
      const [gone, kept] = [await pupil(...apart(a)), await pupil(...apart(b))]
      const before = await rowsOf(gone.id, kept.id)
      const operationId = await merge(gone, kept)
      const rows = await listed(kept.id)
      for (const [index, row] of rows.entries())
        expect(rows.slice(index + 1).filter((other) => overlap(row, other))).toEqual([])
      const days = new Set([...apart(a), ...apart(b)].map(({ beginDate }) => beginDate))
      for (const one of days) expect(rows.some((row) => row.beginDate <= one && (row.endDate ?? one) >= one)).toBe(true)
      await undo(operationId)
      const plain = (all: typeof before) =>
        all.map(({ version: _, ...row }) => row).toSorted((x, y) => (x.id < y.id ? -1 : 1))
      expect(plain(await rowsOf(gone.id, kept.id))).toEqual(plain(before))
    }),
    { numRuns: cases(8, 60) },
  )
})

test('an erased student leaves days that name nobody and no place', async () => {
  const boss = await makePerson(school, 'administrator')
  const her = await pupil({
    beginDate: '2026-09-01',
    endDate: '2026-10-30',
    exitType: 'transferred',
    destination: 'Hill',
  })
  const { version } = await api().students.archive({ id: her.id, version: her.version })
  await as(boss).students.erase({ id: her.id, version, confirm: 'Amara Abara' })
  expect(await rowsOf(her.id)).toMatchObject([
    { beginDate: '2026-09-01', endDate: '2026-10-30', exitType: 'transferred', destination: null },
  ])
})

test('archiving a student leaves her days as they are', async () => {
  const her = await pupil({ beginDate: '2026-09-01' })
  const { version } = await api().students.archive({ id: her.id, version: her.version })
  expect(await listed(her.id)).toMatchObject([{ beginDate: '2026-09-01', endDate: null }])
  expect(await api().students.restore({ id: her.id, version })).toMatchObject({ status: 'active' })
})

test('the history of the student tells of her days', async () => {
  const her = await pupil({ beginDate: '2026-09-01' })
  const { rows } = await api().journal.ofRecord({ entity: 'student', id: her.id })
  expect(rows.map(({ deed }) => deed)).toEqual(['add', 'add'])
  expect(rows[0]?.entries[0]).toMatchObject({ entity: 'schoolEnrollment', action: 'created' })
})
