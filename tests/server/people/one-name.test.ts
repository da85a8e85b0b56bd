/** Some people have one name only. */
import { expect, test } from 'vitest'
import { reasonOf } from '../../setup/answers.ts'
import { api, doing, makeClass, makeStudent, undo } from '../../setup/school.ts'

const invalid = { code: 'BAD_REQUEST' }
const refused = (reason: string, details: object) => ({ cause: { reason, details } })

test.each([
  ['students', { givenName: 'Suharto', familyName: '' }],
  ['students', { givenName: '', familyName: 'Suharto' }],
  ['instructors', { givenName: 'Suharto', familyName: '' }],
  ['guardians', { givenName: '', familyName: 'Suharto' }],
] as const)('one of %s with one name is added, found, listed by it and edited', async (kind, names) => {
  const made = await api()[kind].create(names)
  const listed =
    kind === 'instructors' ? await api().instructors.list({}) : (await api()[kind].list({ search: 'suharto' })).rows
  expect(listed.filter(({ id }) => id === made.id)).toMatchObject([names])
  const found = await api().search.find({ text: 'suhar' })
  expect(found[kind].map(({ id }) => id)).toContain(made.id)
  const changed = await api()[kind].update({ id: made.id, version: made.version, givenName: '', familyName: 'Sukarno' })
  expect(changed).toMatchObject({ givenName: '', familyName: 'Sukarno' })
  const both = await api()[kind].update({ id: made.id, version: changed.version, givenName: 'Achmed' })
  expect(both).toMatchObject({ givenName: 'Achmed', familyName: 'Sukarno' })
})

test('who has one name stands in the list where it belongs', async () => {
  for (const [givenName, familyName] of [
    ['Ann', 'Nab'],
    ['Nacho', ''],
    ['Zoe', 'Nad'],
  ] as const)
    await api().students.create({ givenName, familyName, gradeLevel: 'order' })
  const { rows } = await api().students.list({ gradeLevel: 'order' })
  expect(rows.map(({ givenName }) => givenName)).toEqual(['Ann', 'Nacho', 'Zoe'])
})

test('nobody is left without a name, whichever way they are written', async () => {
  const nameless = { givenName: ' ', familyName: '' }
  for (const kind of ['students', 'instructors', 'guardians'] as const)
    await expect(api()[kind].create(nameless), kind).rejects.toMatchObject(invalid)
  const student = await makeStudent({ familyName: '', givenName: 'Nyima' })
  const seen = { id: student.id, version: student.version }
  expect(await reasonOf(api().students.update({ ...seen, givenName: '' }))).toBe('person.name_missing')
  const items = [{ givenName: 'Nima', familyName: '' }, nameless]
  await expect(api().students.createMany({ items })).rejects.toMatchObject(
    refused('many.refused', {
      outcomes: [{ ok: true }, { ok: false, issues: [expect.objectContaining({ path: 'givenName' })] }],
    }),
  )
  const guardian = await api().guardians.create({ givenName: 'Pema', familyName: '' })
  expect(await reasonOf(api().guardians.update({ id: guardian.id, version: guardian.version, givenName: '' }))).toBe(
    'person.name_missing',
  )
})

test('a name of characters that nobody sees is refused, for people and for things', async () => {
  for (const unseen of ['\u{200b}', '\u{2060}\u{ad}', '\u{3164}', '\u{a0}\u{200e}']) {
    await expect(api().students.create({ givenName: unseen, familyName: unseen })).rejects.toMatchObject(invalid)
    await expect(api().students.create({ givenName: 'Ann', familyName: unseen })).rejects.toMatchObject(invalid)
    await expect(api().rooms.create({ name: unseen })).rejects.toMatchObject(invalid)
    await expect(makeClass(null, { title: unseen })).rejects.toMatchObject(invalid)
  }
})

test('a name is taken away, and undo brings it back', async () => {
  const student = await api().students.create({ givenName: 'Tenzin', familyName: 'Dorje' })
  const operation = await doing((who) =>
    who.students.update({ id: student.id, version: student.version, givenName: '' }),
  )
  await undo(operation)
  expect(await api().students.get({ id: student.id })).toMatchObject({ givenName: 'Tenzin', familyName: 'Dorje' })
})
