import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal, studentAddresses } from '../../../db/schema/index.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, school, undo } from '../../setup/school.ts'

let made = 0

const group = () => `Group${++made}`
const named = (familyName: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ givenName: `G${n}`, familyName, number: `${familyName}-${n}` }))
const found = async (search: string, archived = false) =>
  (await api().students.list({ search, archived, limit: 200 })).rows.map(({ id, version }) => ({ id, version }))
const refused = (reason: string, details: object = expect.anything()) => ({ cause: { reason, details } })

test('thirty students are added at once, with their addresses and an entry each in the journal', async () => {
  const name = group()
  const students = named(name, 30).map((student, n) => ({
    ...student,
    birthDate: '2013-07-07',
    gradeLevel: '',
    ...(n === 0 && {
      addresses: [{ kind: 'local' as const, street: '', city: 'Leeds', region: '', postalCode: '', country: '' }],
    }),
  }))
  const { changed, outcomes, operationId } = await api().students.createMany({ items: students })
  expect([changed, outcomes.length]).toEqual([30, 30])
  expect(outcomes[7]).toMatchObject({ index: 7, ok: true, version: 1 })
  const one = await api().students.get({ id: String(outcomes[0]?.id) })
  expect(one).toMatchObject({ givenName: 'G0', status: 'active', isCoop: false, gradeLevel: null, version: 1 })
  expect(one).toMatchObject({ birthDate: '2013-07-07', addresses: [{ kind: 'local', city: 'Leeds', street: null }] })
  expect(await found(name)).toHaveLength(30)
  const entries = await db.select({ entity: journal.entity }).from(journal).where(eq(journal.operationId, operationId))
  expect(entries.filter(({ entity }) => entity === 'student')).toHaveLength(30)
  expect(await db.select().from(studentAddresses).where(eq(studentAddresses.studentId, one.id))).toHaveLength(1)
})

test('a request that is sent again adds nobody twice and gets the same answer', async () => {
  const name = group()
  const key = newId()
  const first = await api({ key }).students.createMany({ items: named(name, 3) })
  expect(await api({ key }).students.createMany({ items: named(name, 3) })).toEqual(first)
  expect(await found(name)).toHaveLength(3)
})

test('one bad row refuses all, and every bad row is named with what is wrong', async () => {
  const name = group()
  await api().students.create({ givenName: 'Has', familyName: 'It', number: `T${name}` })
  const students = [
    { givenName: 'Good', familyName: name },
    { givenName: '\u{200b}', familyName: name, email: 'nope' },
    { givenName: 'Taken', familyName: name, number: `T${name}` },
    { givenName: 'First', familyName: name, number: `${name}-1` },
    { givenName: 'Second', familyName: name, number: `${name}-1` },
    { givenName: 'Nowhere', familyName: name, programId: newId() },
  ]
  await expect(api().students.createMany({ items: students })).rejects.toMatchObject(
    refused('many.refused', {
      refused: 4,
      outcomes: [
        { index: 0, ok: true },
        {
          index: 1,
          ok: false,
          reason: 'input.invalid',
          issues: [expect.objectContaining({ path: 'givenName' }), expect.objectContaining({ path: 'email' })],
        },
        { index: 2, ok: false, reason: 'student.number_taken' },
        { index: 3, ok: true },
        { index: 4, ok: false, reason: 'student.number_taken' },
        { index: 5, ok: false, reason: 'program.not_found' },
      ],
    }),
  )
  expect(await found(name)).toHaveLength(1)
})

test('the students chosen by name all change, those that are so already stay as they were', async () => {
  const name = group()
  await api().students.createMany({ items: named(name, 3) })
  const items = await found(name)
  const first = items[0] ?? { id: '', version: 0 }
  await api().students.update({ ...first, gradeLevel: '07' })
  first.version = 2
  const answer = await api().students.updateMany({ items, set: { gradeLevel: '07' } })
  expect(answer).toMatchObject({ changed: 2, outcomes: items.map(({ id }) => ({ id, ok: true, version: 2 })) })
  expect(await api().students.count({ search: name, gradeLevel: '07' })).toBe(3)
})

test('when one of them was changed by somebody else, nobody is changed and she is named', async () => {
  const name = group()
  await api().students.createMany({ items: named(name, 3) })
  const items = await found(name)
  const [, second] = items
  await api().students.update({ id: second?.id ?? '', version: 1, gradeLevel: '09' })
  const unknown = newId()
  await expect(
    api().students.updateMany({ items: [...items, { id: unknown, version: 1 }], set: { gradeLevel: '10' } }),
  ).rejects.toMatchObject(
    refused('many.refused', {
      refused: 2,
      outcomes: [
        { index: 0, ok: true },
        { index: 1, id: second?.id, ok: false, reason: 'student.stale' },
        { index: 2, ok: true },
        { index: 3, id: unknown, ok: false, reason: 'student.not_found' },
      ],
    }),
  )
  expect(await api().students.count({ search: name, gradeLevel: '10' })).toBe(0)
})

test('all of a list are changed by its filter, but for those taken out', async () => {
  const name = group()
  await api().students.createMany({ items: named(name, 5) })
  const [spared] = await found(name)
  const except = [spared?.id ?? '']
  const answer = await api().students.updateMany({
    filter: { search: name },
    except,
    expected: 4,
    set: { status: 'inactive' },
  })
  expect(answer).toMatchObject({ changed: 4, outcomes: [] })
  expect(await api().students.count({ search: name, status: 'active' })).toBe(1)
})

test('a list that has grown since it was looked at is not changed', async () => {
  const name = group()
  await api().students.createMany({ items: named(name, 3) })
  await expect(
    api().students.updateMany({ filter: { search: name }, expected: 2, set: { status: 'inactive' } }),
  ).rejects.toMatchObject(refused('many.changed', { found: 3, expected: 2 }))
})

test('all of a list are archived and brought back; a number that went to somebody else keeps them all away', async () => {
  const name = group()
  await api().students.createMany({ items: named(name, 3) })
  await api().students.archiveMany({ filter: { search: name }, expected: 3 })
  expect(await found(name)).toEqual([])
  const items = await found(name, true)
  const { id, version } = await api().students.create({ givenName: 'New', familyName: 'Owner', number: `${name}-1` })
  await expect(
    api().students.restoreMany({ filter: { search: name, archived: true }, expected: 3 }),
  ).rejects.toMatchObject(refused('many.refused', expect.objectContaining({ refused: 1 })))
  await api().students.archive({ id, version })
  await api().students.restoreMany({ items })
  expect(await found(name)).toHaveLength(3)
})

test('students who are in classes are archived only when people say what becomes of that', async () => {
  const name = group()
  const { studentId } = await makeRecords(school, name)
  const items = [{ id: studentId, version: 1 }]
  await expect(api().students.archiveMany({ items })).rejects.toMatchObject(
    refused('record.in_use', {
      standing: [{ entity: 'enrollment', count: 1, names: [name] }],
      choices: ['end', 'keep'],
    }),
  )
  await api().students.archiveMany({ items, standing: 'end' })
  expect(await api().enrollments.list({ studentId })).toMatchObject([{ status: 'withdrawn' }])
})

test('students of another school are not there, and who may only read changes nothing', async () => {
  const elsewhere = await makeSchool('Elsewhere')
  const { studentId } = await makeRecords(elsewhere)
  await expect(
    api().students.updateMany({ items: [{ id: studentId, version: 1 }], set: { isCoop: true } }),
  ).rejects.toMatchObject(
    refused(
      'many.refused',
      expect.objectContaining({ outcomes: [expect.objectContaining({ reason: 'student.not_found' })] }),
    ),
  )
  const viewer = await makePerson(school, 'viewer')
  await expect(as(viewer).students.createMany({ items: named(group(), 1) })).rejects.toMatchObject({
    cause: { reason: 'permission.missing' },
  })
})

const atHome = { kind: 'local' as const, street: '1 Elm', city: 'Leeds', region: null, postalCode: null, country: null }

test('pasted rows change students and their addresses; a number that another has refuses them', async () => {
  const name = group()
  const { outcomes } = await api().students.createMany({ items: named(name, 3) })
  const [first, second, third] = outcomes.map(({ id }) => ({ id: String(id), version: 1 }))
  if (!first || !second || !third) throw new Error('three were added')
  const swap = {
    items: [
      { ...first, number: `${name}-1` },
      { ...second, number: `${name}-9` },
    ],
  }
  await expect(api().students.createMany(swap)).rejects.toMatchObject(
    refused('many.refused', {
      refused: 1,
      outcomes: [
        { index: 0, reason: 'student.number_taken', field: 'number', id: first.id },
        { index: 1, ok: true },
      ],
    }),
  )
  const { operationId, changed } = await api().students.createMany({
    items: [
      { ...first, number: `${name}-0`, addresses: [atHome] },
      { ...second, gradeLevel: '08' },
      { ...third, familyName: name },
    ],
  })
  expect(changed).toBe(2)
  expect(await api().students.get({ id: first.id })).toMatchObject({ version: 2, addresses: [atHome] })
  expect(await api().students.get({ id: third.id })).toMatchObject({ version: 1 })
  expect(await undo(operationId)).toBeDefined()
  expect(await api().students.get({ id: first.id })).toMatchObject({ version: 3, addresses: [] })
  expect(await api().students.get({ id: second.id })).toMatchObject({ gradeLevel: null })
})

test('three thousand rows are added and changed by one operation', async () => {
  const name = group()
  const { outcomes } = await api().students.createMany({ items: named(name, 1_500) })
  const edits = outcomes.map(({ id }) => ({ id: String(id), version: 1, gradeLevel: '09' }))
  const more = named(`${name}b`, 1_500)
  const answer = await api().students.createMany({ items: [...edits, ...more] })
  expect([answer.changed, answer.outcomes.length]).toEqual([3_000, 3_000])
  expect(answer.outcomes[1_499]?.id).toBe(edits[1_499]?.id)
  await undo(answer.operationId)
  const { rows } = await api().students.list({ search: name, limit: 1_000 })
  expect(rows.filter(({ gradeLevel }) => gradeLevel !== null)).toEqual([])
})
