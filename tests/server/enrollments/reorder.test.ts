/** The order of those who wait is the office's. */
import { expect, test } from 'vitest'
import { refusal } from '../../setup/answers.ts'
import { api, doing, enroll, makeClass, makeStudents, rowOf, undo, withdraw } from '../../setup/school.ts'
import { seated, wait, waiting } from './art-class.ts'

async function lineOf(count: number) {
  const { id } = await makeClass(1)
  const [first = '', ...others] = await makeStudents(count + 1)
  await enroll(id, [first], { beginDate: '2026-09-01' })
  await wait(id, ...others)
  const items = async (studentIds: readonly string[]) =>
    Promise.all(
      studentIds.map(async (one) => ({ id: (await rowOf(id, one)).id, version: (await rowOf(id, one)).version })),
    )
  return { id, first, others, items }
}

test('who is put first gets the next seat, and an undo gives the old order back', async () => {
  const { id, first, others, items } = await lineOf(3)
  const [a = '', b = '', c = ''] = others
  const order = await items([c, a, b])
  const operationId = await doing((who) => who.enrollments.reorder({ classId: id, items: order }))
  expect(await waiting(id)).toEqual([c, a, b])
  await undo(operationId)
  expect(await waiting(id)).toEqual([a, b, c])
  await api().enrollments.reorder({ classId: id, items: await items([b, a, c]) })
  await withdraw(id, first)
  expect(await seated(id)).toEqual([b])
  expect(await waiting(id)).toEqual([a, c])
})

test('those before the first that changed places keep their positions', async () => {
  const { id, others, items } = await lineOf(3)
  const [a = '', b = '', c = ''] = others
  const { waitlistPosition, version } = await rowOf(id, a)
  const { changed } = await api().enrollments.reorder({ classId: id, items: await items([a, c, b]) })
  expect(changed).toBe(2)
  expect(await rowOf(id, a)).toMatchObject({ waitlistPosition, version })
  const same = await api().enrollments.reorder({ classId: id, items: await items([a, c, b]) })
  expect(same.changed).toBe(0)
})

test('a line that has grown, shrunk or changed meanwhile is looked at again', async () => {
  const { id, others, items } = await lineOf(2)
  const [a = '', b = ''] = others
  const [late = ''] = await makeStudents(1)
  const order = await items([b, a])
  await wait(id, late)
  const reorder = () => api().enrollments.reorder({ classId: id, items: order })
  await expect(reorder()).rejects.toMatchObject(refusal('many.changed', { found: 3, expected: 2 }))
  await withdraw(id, late)
  await withdraw(id, a)
  await expect(reorder()).rejects.toMatchObject(refusal('many.refused'))
  const other = await lineOf(1)
  const foreign = await other.items(other.others)
  await expect(api().enrollments.reorder({ classId: id, items: foreign })).rejects.toMatchObject(
    refusal('many.refused', { outcomes: [{ reason: 'enrollment.not_found' }] }),
  )
})
