import { expect, test } from 'vitest'
import { refusal } from '../../setup/answers.ts'
import { api, doing, enroll, makeClass, makeStudents, rowOf, undo } from '../../setup/school.ts'
import { allRows, seated, standings, wait } from './art-class.ts'

const begun = { beginDate: '2026-09-01' }
const seen = async (classId: string, studentId: string) => {
  const { id, version } = await rowOf(classId, studentId)
  return { id, version }
}

test('many leave on one day, those who wait get their seats, and one undo takes it back', async () => {
  const { id } = await makeClass(2)
  const [a = '', b = '', c = '', d = ''] = await makeStudents(4)
  await enroll(id, [a, b], begun)
  await wait(id, c, d)
  const items = [await seen(id, a), await seen(id, b)]
  const operationId = await doing(async (who) => {
    const answer = await who.enrollments.withdrawMany({ items, reason: 'transferred', endDate: '2026-11-13' })
    expect(answer.changed).toBe(2)
    expect(answer.promoted.map(({ studentId }) => studentId)).toEqual([c, d])
  })
  expect(await seated(id)).toEqual([c, d])
  expect(await rowOf(id, a)).toMatchObject({ status: 'withdrawn', endDate: '2026-11-13' })
  await undo(operationId)
  expect(await seated(id)).toEqual([a, b])
})

test('some sit and one waits: who only waited leaves no row', async () => {
  const { id } = await makeClass(1)
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(id, [a], begun)
  await wait(id, b)
  await api().enrollments.withdrawMany({ items: [await seen(id, a), await seen(id, b)], reason: 'other' })
  expect(await standings(id)).toEqual(['withdrawn'])
  expect((await allRows(id)).filter(({ archivedAt }) => archivedAt)).toHaveLength(1)
})

test('a last day before the first of one of them: nobody leaves, and that one is named', async () => {
  const { id } = await makeClass()
  const [a = '', b = ''] = await makeStudents(2)
  await enroll(id, [a], begun)
  await enroll(id, [b], { beginDate: '2026-11-16' })
  const items = [await seen(id, a), await seen(id, b)]
  const withdrawn = api().enrollments.withdrawMany({ items, reason: 'other', endDate: '2026-11-02' })
  await expect(withdrawn).rejects.toMatchObject(
    refusal('many.refused', {
      outcomes: [
        { index: 0, ok: true },
        { index: 1, id: items[1]?.id, reason: 'enrollment.dates_order' },
      ],
    }),
  )
  expect(await standings(id)).toEqual(['enrolled', 'enrolled'])
})
