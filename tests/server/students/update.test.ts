import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { as } from '../../setup/people.ts'
import { api, makeStudent, registrar } from '../../setup/school.ts'

test('a corrected name is shown, found and ordered at once', async () => {
  const { id, version } = await makeStudent()
  const changed = await api().students.update({ id, version, familyName: 'Öberg' })
  expect(changed).toMatchObject({ familyName: 'Öberg', givenName: 'Sam', version: 2 })
  const { rows } = await api().students.list({ search: 'oberg' })
  expect(rows.map((row) => row.id)).toEqual([id])
})

test('an update that saw an older version is refused and says who changed what', async () => {
  const { id, version } = await makeStudent()
  await api().students.update({ id, version, gradeLevel: '09' })
  const refused = api().students.update({ id, version, givenName: 'Ada' })
  await expect(refused).rejects.toMatchObject({
    code: 'CONFLICT',
    cause: {
      reason: 'student.stale',
      details: { changes: [{ by: 'The registrar', fields: ['gradeLevel'], version: 2 }] },
    },
  })
})

test('an input nested too deeply to be written out is refused as invalid', async () => {
  const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)
  await expect(makeStudent({ addresses: deep })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    cause: { reason: 'input.invalid' },
  })
})

test('saving the same again changes nothing', async () => {
  const { id, version } = await makeStudent()
  expect(await api().students.update({ id, version, givenName: 'Sam' })).toMatchObject({ version })
})

test('a repeated request answers the same student and makes no second one', async () => {
  const key = newId()
  const input = { givenName: 'Ben', familyName: 'Twice' }
  const first = await as(registrar, { key }).students.create(input)
  expect(await as(registrar, { key }).students.create(input)).toEqual(first)
  expect(await api().students.count({ search: 'twice' })).toBe(1)
  await expect(as(registrar, { key }).students.create({ ...input, givenName: 'Bea' })).rejects.toMatchObject({
    cause: { reason: 'operation.key_reused' },
  })
})

test('an address alone counts as a change of the student', async () => {
  const { id, version } = await makeStudent()
  const address = {
    kind: 'local' as const,
    street: '1 High Street',
    city: 'Leeds',
    region: null,
    postalCode: null,
    country: null,
  }
  const moved = await api().students.update({ id, version, addresses: [address] })
  expect(moved).toMatchObject({ version: 2, addresses: [address] })
  const empty = { ...address, street: null, city: null }
  expect(await api().students.update({ id, version: 2, addresses: [empty] })).toMatchObject({
    version: 3,
    addresses: [],
  })
})

test('the longest names that may be typed are stored, whatever folding makes of them', async () => {
  const longest = 'ﷺ'.repeat(100)
  const { id } = await makeStudent({
    givenName: longest,
    middleName: longest,
    familyName: longest,
    preferredName: longest,
  })
  expect(await api().students.get({ id })).toMatchObject({ givenName: longest })
})
