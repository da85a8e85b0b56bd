import { expect, test } from 'vitest'
import { api, makeStudent, today } from '../../setup/school.ts'

type Status = 'active' | 'inactive'
async function withDays(status: Status, days?: { beginDate: string; endDate: string | null }) {
  const { id } = await makeStudent({ status })
  if (days) await api().schoolEnrollments.create({ studentId: id, ...days })
  return api().students.get({ id })
}
const open = { beginDate: '2026-09-01', endDate: null }
const over = { beginDate: '2025-09-01', endDate: '2026-06-19' }

test.each([
  ['an inactive record becomes active by the open days of the other', over, open, 'active'],
  ['an active record stays so by its own days', open, over, 'active'],
  ['an active record without days becomes inactive by the days of the other', undefined, over, 'inactive'],
  ['the days of the record that stays decide, too', over, undefined, 'inactive'],
] as const)('the review says of a merge what becomes of the status: %s', async (_, kept, gone, status) => {
  const [into, other] = [await withDays('active', kept), await withDays('active', gone)]
  const preview = await api().students.mergePreview({ id: other.id, intoId: into.id })
  expect(preview.statusByDays).toBe(status)
  const seen = { id: other.id, version: other.version, intoId: into.id, intoVersion: into.version }
  expect((await api().students.merge(seen)).student.status).toBe(status)
})

test('without days at the school of either record, the status is chosen', async () => {
  const [into, other] = [await withDays('active'), await withDays('inactive')]
  const preview = await api().students.mergePreview({ id: other.id, intoId: into.id })
  expect([preview.statusByDays, preview.kept.status, today]).toEqual([null, 'active', '2026-11-20'])
})
