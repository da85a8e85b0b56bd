/** The office pastes a child whom the student system's bundle brings as well. */
import { expect, test } from 'vitest'
import { as, makePerson } from '../../../setup/people.ts'
import { importFiles, schoolOf, smallSchool } from '../../oneroster/bundle.ts'

const bea = { givenName: 'Bea', familyName: 'Both', gradeLevel: '09', beside: 0 }
const withBea = (org: string) => {
  const files = smallSchool(org)
  return {
    ...files,
    'users.csv': `${files['users.csv']}s2,,,true,${org},student,bea,Bea,Both,,,bea@school.example,,9\n`,
  }
}

async function officeOf(org: string) {
  await importFiles(smallSchool(org))
  const school = await schoolOf(org)
  if (!school) throw new Error('the bundle made no school')
  const registrar = await makePerson(school, 'registrar')
  const paste = () => as(registrar).students.createMany({ items: [bea, { ...bea, givenName: 'Cem' }] })
  const names = async () => (await as(registrar).students.list({ limit: 20 })).rows.map(({ givenName }) => givenName)
  return { paste, names, duplicates: async () => (await as(registrar).students.duplicates()).count }
}
const asked = { cause: { reason: 'many.refused', details: { refused: 1 } } }

test('whoever pastes after the import is asked, and nothing is saved until then', async () => {
  const office = await officeOf('first')
  await importFiles(withBea('first'))
  await expect(office.paste()).rejects.toMatchObject(asked)
  expect(await office.names()).toEqual(['Amara', 'Bea'])
})

test('the import asks nobody: who was pasted before it is among the possible duplicates', async () => {
  const office = await officeOf('second')
  await office.paste()
  await importFiles(withBea('second'))
  expect(await office.names()).toEqual(['Amara', 'Bea', 'Bea', 'Cem'])
  expect(await office.duplicates()).toBe(1)
})

test('both at once are one after the other', async () => {
  const office = await officeOf('third')
  const [pasted, imported] = await Promise.allSettled([office.paste(), importFiles(withBea('third'))])
  expect(imported.status).toBe('fulfilled')
  if (pasted.status === 'rejected') expect(pasted.reason).toMatchObject(asked)
  const isPasted = pasted.status === 'fulfilled'
  expect(await office.names()).toEqual(isPasted ? ['Amara', 'Bea', 'Bea', 'Cem'] : ['Amara', 'Bea'])
})
