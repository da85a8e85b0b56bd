import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { students } from '../../../db/schema/index.ts'
import { as, db, makePerson } from '../../setup/people.ts'
import { api, doing, makeStudent, school, undo } from '../../setup/school.ts'

const facts = { sex: 'female', homeLanguage: 'Somali', previousSchool: 'Eastgate Primary' } as const
const note = 'Type 1 diabetes.\nInsulin pump; glucose tablets in the office.'
const made = (more = {}) => makeStudent({ ...facts, medicalNote: note, ...more })

test('sex, home language, previous school and a medical note of several lines are kept, changed and emptied', async () => {
  const { id, version } = await made()
  expect(await api().students.get({ id })).toMatchObject({ ...facts, medicalNote: note })
  await api().students.update({ id, version, sex: null, homeLanguage: '', previousSchool: null, medicalNote: ' ' })
  expect(await api().students.get({ id })).toMatchObject({
    sex: null,
    homeLanguage: null,
    previousSchool: null,
    medicalNote: null,
  })
})

test('a word that is no sex in OneRoster, and a note that is too long, are refused', async () => {
  await expect(makeStudent({ sex: 'girl' as 'female' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await expect(makeStudent({ medicalNote: 'x'.repeat(5_001) })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('who may not read private fields is told the home language alone, and no list answers a medical note', async () => {
  const { id } = await made({ familyName: 'Facts' })
  const viewer = as(await makePerson(school, 'viewer'))
  const seen = await viewer.students.get({ id })
  expect(seen).toHaveProperty('homeLanguage', 'Somali')
  for (const field of ['sex', 'previousSchool', 'medicalNote']) expect(seen).not.toHaveProperty(field)
  const listed = async (who = api(), withFacts = true) =>
    (await who.students.list({ search: 'facts', withFacts })).rows[0]
  expect(await listed()).toMatchObject(facts)
  expect(await listed(viewer)).toMatchObject({ homeLanguage: 'Somali' })
  expect(await listed(viewer)).not.toHaveProperty('sex')
  expect(await listed(api(), false)).not.toHaveProperty('homeLanguage')
  const answers = [
    await listed(),
    await api().students.alike({ people: [{ givenName: seen.givenName, familyName: 'Facts' }], numbers: [] }),
  ]
  expect(JSON.stringify(answers)).not.toContain('diabetes')
})

test('nobody finds a student by the medical note', async () => {
  await made({ medicalNote: 'Haemophilia' })
  expect((await api().students.list({ search: 'haemophilia' })).rows).toEqual([])
  expect((await api().search.find({ text: 'haemophilia' })).students).toEqual([])
})

test('the history of a note is shown to those who may read it, and undo brings it back', async () => {
  const { id, version } = await made()
  const operation = await doing((who) => who.students.update({ id, version, medicalNote: 'None' }))
  const historyOf = async (who = api()) => JSON.stringify(await who.journal.ofRecord({ entity: 'student', id }))
  expect(await historyOf()).toContain('diabetes')
  expect(await historyOf(as(await makePerson(school, 'viewer')))).not.toMatch(/diabetes|medicalNote|Eastgate/)
  await undo(operation)
  expect(await api().students.get({ id })).toHaveProperty('medicalNote', note)
})

test('an erasure leaves none of them', async () => {
  const administrator = as(await makePerson(school, 'administrator'))
  const { id, version } = await made({ givenName: 'Era', familyName: 'Sed' })
  await api().students.archive({ id, version })
  await administrator.students.erase({ id, version: version + 1, confirm: 'Era Sed' })
  const [row] = await db.select().from(students).where(eq(students.id, id))
  expect(row).toMatchObject({ sex: null, homeLanguage: null, previousSchool: null, medicalNote: null })
  expect(JSON.stringify(await administrator.journal.ofRecord({ entity: 'student', id }))).not.toMatch(/diabetes|Somali/)
})
