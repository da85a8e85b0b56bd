import { expect, test } from 'vitest'
import { api } from '../../../setup/school.ts'

const add = async (count: number) => {
  const items = Array.from({ length: count }, (_, n) => ({ givenName: `G${n}`, familyName: 'Crowd' }))
  const { outcomes } = await api().guardians.createMany({ items })
  return String(outcomes[0]?.id)
}
async function linked(guardianId: string, givenName: string): Promise<string> {
  const { id: studentId } = await api().students.create({ givenName, familyName: 'Ward' })
  await api().studentGuardians.create({ studentId, guardianId, relation: 'parent' })
  return studentId
}

test('more guardians than one page holds are asked about together, and archived together', async () => {
  const [first, last] = [await add(1_000), await add(1)]
  const students = [await linked(last, 'Ada'), await linked(first, 'Zoe')]
  const crowd = { filter: { search: 'crowd' }, expected: 1_001 }
  await expect(api().guardians.archiveMany(crowd)).rejects.toMatchObject({
    cause: {
      reason: 'record.in_use',
      details: { standing: [{ entity: 'student', count: 2, names: ['Ada Ward', 'Zoe Ward'] }] },
    },
  })
  const { operationId, changed } = await api().guardians.archiveMany({ ...crowd, standing: 'end' })
  expect([changed, await api().guardians.count({ search: 'crowd' })]).toEqual([1_001, 0])
  for (const studentId of students) expect(await api().studentGuardians.list({ studentId })).toEqual([])
  await api().journal.undo({ operationId })
  expect(await api().guardians.count({ search: 'crowd' })).toBe(1_001)
  for (const studentId of students) expect(await api().studentGuardians.list({ studentId })).toHaveLength(1)
})
