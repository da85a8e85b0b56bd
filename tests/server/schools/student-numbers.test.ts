import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { schools } from '../../../db/schema/index.ts'
import { as, db, makePerson } from '../../setup/people.ts'
import { api, doing, later, makeStudent, makeStudents, school, undo } from '../../setup/school.ts'
import { statementsOf, watchStatements } from '../../setup/statements.ts'

const admin = await makePerson(school, 'administrator')
const set = async (fields: { studentNumberPattern?: string | null; studentNumberFrom?: number }) => {
  if (fields.studentNumberPattern !== undefined) school.studentNumberPattern = fields.studentNumberPattern
  const { version } = await as(admin).schools.get()
  return as(admin).schools.update({ version, ...fields })
}
afterAll(watchStatements())
let letter = 64
/** Each test has numbers of its own. */
let prefix = ''
beforeEach(async () => {
  letter += 1
  prefix = String.fromCharCode(letter)
  await set({ studentNumberPattern: `${prefix}{yy}-###`, studentNumberFrom: 1 })
})

test('a student without a number gets the next one; a number that was typed stays', async () => {
  expect((await makeStudent()).number).toBe(`${prefix}26-001`)
  expect((await makeStudent({ number: `own${prefix}` })).number).toBe(`own${prefix}`)
  expect((await makeStudent()).number).toBe(`${prefix}26-002`)
  expect((await as(admin).schools.get()).nextStudentNumber).toBe(`${prefix}26-003`)
})

test('many who are added at once never get the same', async () => {
  const made = await Promise.all([...Array.from({ length: 6 }, () => makeStudent())])
  expect(new Set(made.map(({ number }) => number)).size).toBe(6)
  const ids = await makeStudents(120)
  const numbers = await Promise.all([ids[0], ids[119]].map((id) => api().students.get({ id: id ?? '' })))
  expect(numbers.map(({ number }) => number)).toEqual([`${prefix}26-007`, `${prefix}26-126`])
})

test('numbers that were typed by hand are passed over', async () => {
  await makeStudent({ number: `${prefix}26-001` })
  const { outcomes } = await api().students.createMany({
    items: [
      { givenName: 'Typed', familyName: prefix, number: `${prefix}26-003` },
      { givenName: 'Given', familyName: prefix },
      { givenName: 'Given too', familyName: prefix },
    ],
  })
  const made = await Promise.all(outcomes.map(({ id }) => api().students.get({ id: String(id) })))
  expect(made.map(({ number }) => number)).toEqual(['003', '002', '004'].map((digits) => `${prefix}26-${digits}`))
})

test('an undo leaves no number to give twice', async () => {
  let first = ''
  const added = await doing(async (who) => {
    first = (await who.students.create({ givenName: 'Undone', familyName: prefix })).id
  })
  const { operationId } = await undo(added)
  expect((await makeStudent()).number).toBe(`${prefix}26-002`)
  await undo(operationId)
  expect((await api().students.get({ id: first })).number).toBe(`${prefix}26-001`)
})

test('after a change of the pattern numbers begin anew, and its undo gives none twice', async () => {
  await makeStudent()
  const { version } = await as(admin).schools.get()
  const changed = await doing(
    (who) => who.schools.update({ version, studentNumberPattern: `${prefix}-####`, studentNumberFrom: 40 }),
    admin,
  )
  expect((await makeStudent()).number).toBe(`${prefix}-0040`)
  await undo(changed, admin)
  expect((await makeStudent()).number).toBe(`${prefix}26-002`)
})

test('a number that only an archived student has is not given again, when the pattern comes back either', async () => {
  const { id, version, number } = await makeStudent()
  await api().students.archive({ id, version })
  await set({ studentNumberPattern: `${prefix}-####` })
  await set({ studentNumberPattern: `${prefix}{yy}-###` })
  expect([number, (await makeStudent()).number]).toEqual([`${prefix}26-001`, `${prefix}26-002`])
})

/** The administrator erases her; her record keeps no number. */
async function erase({ id, version }: { id: string; version: number }) {
  const { givenName, familyName } = await api().students.get({ id })
  const archived = await api().students.archive({ id, version })
  await as(admin).students.erase({ id, version: archived.version, confirm: `${givenName} ${familyName}` })
  expect((await api().students.get({ id })).number).toBeNull()
}

test('an erased student’s number is not given again, after a change of the pattern and its undo either', async () => {
  await erase(await makeStudent())
  const { version } = await as(admin).schools.get()
  const pattern = { studentNumberPattern: `${prefix}-####` }
  const changed = await doing((who) => who.schools.update({ version, ...pattern }), admin)
  await undo(changed, admin)
  expect((await as(admin).schools.get()).nextStudentNumber).toBe(`${prefix}26-002`)
  expect((await makeStudent()).number).toBe(`${prefix}26-002`)
  await set({ studentNumberFrom: 40 })
  await erase(await makeStudent())
  await set({ studentNumberFrom: 1 })
  const numbers = (await Promise.all([makeStudent(), makeStudent()])).map(({ number }) => number)
  expect(numbers.toSorted()).toEqual([`${prefix}26-003`, `${prefix}26-004`])
  await set({ studentNumberFrom: 40 })
  expect((await makeStudent()).number).toBe(`${prefix}26-041`)
})

test('another pattern that makes the same numbers gives none of them again', async () => {
  await set({ studentNumberPattern: `${prefix}#`, studentNumberFrom: 99 })
  for (const number of ['99', '100']) {
    const made = await makeStudent()
    expect(made.number).toBe(`${prefix}${number}`)
    await erase(made)
  }
  await set({ studentNumberPattern: `${prefix}###` })
  expect((await makeStudent()).number).toBe(`${prefix}099`)
  expect((await makeStudent()).number).toBe(`${prefix}101`)
  await set({ studentNumberPattern: `${prefix}1##`, studentNumberFrom: 1 })
  expect((await makeStudent()).number).toBe(`${prefix}102`)
})

test('a typed number of an erased student is not given when the numbers come to it', async () => {
  await erase(await makeStudent({ number: `${prefix}26-002` }))
  expect((await makeStudent()).number).toBe(`${prefix}26-001`)
  expect((await makeStudent()).number).toBe(`${prefix}26-003`)
})

test('numbers that a server of an older version gave, which counts only the last, are not given again', async () => {
  for (let n = 0; n < 3; n += 1) await erase(await makeStudent())
  await db.transaction(school.id, (tx) =>
    tx.update(schools).set({ studentNumbersGiven: [] }).where(eq(schools.id, school.id)),
  )
  await set({ studentNumberPattern: `${prefix}-####` })
  await set({ studentNumberPattern: `${prefix}{yy}-###` })
  expect((await makeStudent()).number).toBe(`${prefix}26-004`)
})

test('the longest pattern still makes numbers that can be stored, and a longer one is refused', async () => {
  const longest = `${prefix.repeat(39)}#`
  await expect(set({ studentNumberPattern: `${prefix}${longest}` })).rejects.toThrow()
  await expect(set({ studentNumberPattern: '#'.repeat(60) })).rejects.toThrow()
  await set({ studentNumberPattern: longest, studentNumberFrom: 999_999_999 })
  await makeStudent()
  expect((await makeStudent()).number).toBe(`${prefix.repeat(39)}1000000000`)
})

test('the year is the school’s, and more digits than the pattern has are written all the same', async () => {
  await set({ studentNumberPattern: `${prefix}{year}#`, studentNumberFrom: 99 })
  const eve = later(41, 14.9)
  expect((await api(eve).students.create({ givenName: 'Eve', familyName: prefix })).number).toBe(`${prefix}202699`)
  expect((await api(later(42)).students.create({ givenName: 'New', familyName: prefix })).number).toBe(
    `${prefix}2027100`,
  )
})

test('without a pattern no number is given', async () => {
  await set({ studentNumberPattern: null })
  expect((await makeStudent()).number).toBeNull()
})

test('where many students have numbers already, the next one is found in few questions', async () => {
  await set({ studentNumberPattern: null })
  const items = Array.from({ length: 3_000 }, (_, n) => ({
    givenName: 'Sam',
    familyName: `${prefix}${n}`,
    number: `${prefix}${n + 1}`,
  }))
  await api().students.createMany({ items })
  await set({ studentNumberPattern: `${prefix}#` })
  const { answer, statements } = await statementsOf(() => as(admin).schools.get())
  expect(answer).toMatchObject({ value: { nextStudentNumber: `${prefix}3001` } })
  expect(statements.length).toBeLessThan(10)
})
