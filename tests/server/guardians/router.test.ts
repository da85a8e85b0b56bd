import { beforeAll, expect, test } from 'vitest'
import type { ListGuardiansInput } from '../../../server/guardians/input.ts'
import { api, makeStudent } from '../../setup/school.ts'

beforeAll(async () => {
  for (const [givenName, familyName, phone, email] of [
    ['Gina', 'Abara', '(614) 555-0100', 'gina@home.example'],
    ['José', 'O’Neil', '+44 20 7946 0018', null],
    ['Anna', 'Zimmer', null, 'zimmer@home.example'],
    ['Björn', 'Öberg', '555.0199', null],
  ] as const)
    await api().guardians.create({ givenName, familyName, phone, email })
})

const names = async (query: Partial<ListGuardiansInput> = {}) =>
  (await api().guardians.list(query)).rows.map((row) => row.familyName)

test('guardians stand by family name, and pages join without a gap', async () => {
  const whole = ['Abara', 'Öberg', 'O’Neil', 'Zimmer']
  expect(await names()).toEqual(whole)
  const first = await api().guardians.list({ limit: 3 })
  expect(await names({ limit: 3, cursor: first.next })).toEqual(['Zimmer'])
  expect(await names({ descending: true })).toEqual(whole.toReversed())
})

test.each([
  ['gina', ['Abara']],
  ['oneil jose', ['O’Neil']],
  ['zimmer@home', ['Zimmer']],
  ['6145550100', ['Abara']],
  ['614-555', ['Abara']],
  ['(614) 555 0100', ['Abara']],
  ['+442079460018', ['O’Neil']],
  ['555', ['Abara', 'Öberg']],
  ['nobody', []],
])('searching "%s" finds any part of a name, address or number', async (search, expected) => {
  expect(await names({ search })).toEqual(expected)
  expect(await api().guardians.count({ search })).toBe(expected.length)
})

test('a new number is found at once, and the old one is not', async () => {
  const { id, version } = await api().guardians.create({
    givenName: 'Ned',
    familyName: 'New',
    phone: '111 222',
  })
  await api().guardians.update({ id, version, phone: '333-444' })
  expect(await names({ search: '111222' })).toEqual([])
  expect(await names({ search: '333444' })).toEqual(['New'])
  await expect(api().guardians.update({ id, version, phone: null })).rejects.toMatchObject({
    cause: { reason: 'guardian.stale', details: { changes: [{ fields: ['phone'] }] } },
  })
})

test('a guardian with students is archived only when people say what becomes of the links', async () => {
  const [ada, bea] = [
    await makeStudent({ givenName: 'Ada', familyName: 'Linked' }),
    await makeStudent({ givenName: 'Bea', familyName: 'Linked' }),
  ]
  const links = await api().studentGuardians.create({
    studentId: ada.id,
    guardian: { givenName: 'Ines', familyName: 'Needed' },
    relation: 'mother',
  })
  const guardianId = links[0]?.guardianId ?? ''
  await api().studentGuardians.create({ studentId: bea.id, guardianId, relation: 'mother' })
  await api().studentGuardians.create({
    studentId: bea.id,
    guardian: { givenName: 'Fred', familyName: 'Second' },
    relation: 'father',
  })
  const refused = api().guardians.archive({ id: guardianId, version: 1 })
  await expect(refused).rejects.toMatchObject({
    cause: {
      reason: 'record.in_use',
      details: {
        standing: [{ entity: 'student', count: 2, names: ['Ada Linked', 'Bea Linked'] }],
        choices: ['end', 'keep'],
      },
    },
  })
  const archived = await api().guardians.archive({ id: guardianId, version: 1, standing: 'end' })
  expect(archived).toMatchObject({ students: [], archivedAt: expect.any(String) })
  expect(await api().studentGuardians.list({ studentId: ada.id })).toEqual([])
  expect(await api().studentGuardians.list({ studentId: bea.id })).toMatchObject([
    { familyName: 'Second', priority: 1 },
  ])
  expect(await names({ search: 'needed', archived: true })).toEqual(['Needed'])
  await api().guardians.restore({ id: guardianId, version: archived.version })
  expect(await names({ search: 'needed' })).toEqual(['Needed'])
})

test('an archived guardian whose links were kept still stands with the student, and says so', async () => {
  const { id } = await makeStudent({ givenName: 'Kit', familyName: 'Linked' })
  const [link] = await api().studentGuardians.create({
    studentId: id,
    guardian: { givenName: 'Kay', familyName: 'Kept' },
    relation: 'father',
    isBarred: true,
  })
  await api().guardians.archive({ id: link?.guardianId ?? '', version: 1, standing: 'keep' })
  expect(await api().studentGuardians.list({ studentId: id })).toMatchObject([{ familyName: 'Kept', isArchived: true }])
  const { cautions } = await api().studentAlerts.list({ studentId: id })
  expect(cautions[0]).toMatchObject({ about: 'barred', guardian: { familyName: 'Kept' } })
})

test("a guardian's page names the students, and only those in use", async () => {
  const [ada, gone] = [
    await makeStudent({ givenName: 'Ada', familyName: 'Linked' }),
    await makeStudent({ givenName: 'Gone', familyName: 'Linked' }),
  ]
  const [link] = await api().studentGuardians.create({
    studentId: ada.id,
    guardian: { givenName: 'Page', familyName: 'Parent' },
    relation: 'grandparent',
    hasCustody: true,
  })
  const guardianId = link?.guardianId ?? ''
  await api().studentGuardians.create({ studentId: gone.id, guardianId, relation: 'grandparent' })
  await api().students.archive({ id: gone.id, version: gone.version })
  const page = await api().guardians.get({ id: guardianId })
  expect(page.students).toMatchObject([{ studentId: ada.id, relation: 'grandparent', hasCustody: true }])
})
