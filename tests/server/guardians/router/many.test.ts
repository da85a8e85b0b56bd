import { afterAll, beforeAll, expect, test } from 'vitest'
import type { School } from '../../../../server/context.ts'
import type { Person } from '../../../../server/trpc.ts'
import { as, db, makePerson, makeSchool } from '../../../setup/people.ts'

let school: School
let registrar: Person
beforeAll(async () => {
  school = await makeSchool()
  registrar = await makePerson(school, 'registrar')
})
afterAll(() => db.close())

const add = async (count: number) => {
  const items = Array.from({ length: count }, (_, n) => ({ givenName: `G${n}`, familyName: 'Crowd' }))
  const { outcomes } = await as(registrar).guardians.createMany({ items })
  return String(outcomes[0]?.id)
}
async function linked(guardianId: string, givenName: string): Promise<string> {
  const { id: studentId } = await as(registrar).students.create({ givenName, familyName: 'Ward' })
  await as(registrar).studentGuardians.create({ studentId, guardianId, relation: 'parent' })
  return studentId
}

test('more guardians than one page holds are asked about together, and archived together', async () => {
  const [first, last] = [await add(1_000), await add(1)]
  const students = [await linked(last, 'Ada'), await linked(first, 'Zoe')]
  const crowd = { filter: { search: 'crowd' }, expected: 1_001 }
  await expect(as(registrar).guardians.archiveMany(crowd)).rejects.toMatchObject({
    cause: {
      reason: 'record.in_use',
      details: { standing: [{ entity: 'student', count: 2, names: ['Ada Ward', 'Zoe Ward'] }] },
    },
  })
  const { operationId, changed } = await as(registrar).guardians.archiveMany({ ...crowd, standing: 'end' })
  expect([changed, await as(registrar).guardians.count({ search: 'crowd' })]).toEqual([1_001, 0])
  for (const studentId of students) expect(await as(registrar).studentGuardians.list({ studentId })).toEqual([])
  await as(registrar).journal.undo({ operationId })
  expect(await as(registrar).guardians.count({ search: 'crowd' })).toBe(1_001)
  for (const studentId of students) expect(await as(registrar).studentGuardians.list({ studentId })).toHaveLength(1)
})
