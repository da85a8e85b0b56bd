import '../../setup/as-owner.ts'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { and, eq, isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { importCounts, importResults, journal, journalSeals, operations, students } from '../../../db/schema/index.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { allKinds } from '../../../server/kinds.ts'
import { alteredRecords } from '../../../server/records/altered.ts'
import type { SchoolRow } from '../../../server/schools/create.ts'
import type { Person } from '../../../server/trpc.ts'
import { changeAccount } from '../../setup/accounts.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { exported, imported, newFile, unpacked } from './a-school.ts'

afterAll(() => db.close())
const north = await makeSchool('Northgate')
const administrator = await makePerson(north, 'administrator')
const owner = await makePerson(await makeSchool('Elsewhere'), 'administrator')
const inSchool = (school: SchoolRow): Person => ({
  ...owner,
  memberships: [{ school, role: 'administrator', instructorId: null }],
})

const office = () => as(administrator)
const makeStudent = (givenName: string) => office().students.create({ givenName, familyName: 'Abara' })

async function fillWaitlist() {
  const { id: classId } = await office().classes.create({ title: 'Choir', capacity: 1 })
  const [ada, ben] = [await makeStudent('Ada'), await makeStudent('Ben')]
  await office().classes.enroll({ classId, studentIds: [ada.id] })
  await office().classes.enroll({ classId, studentIds: [ben.id], waitlist: true })
}

async function eraseOne() {
  const { id, version } = await makeStudent('Forgotten')
  const archived = await office().students.archive({ id, version })
  await office().students.erase({ id, version: archived.version, confirm: 'Forgotten Abara' })
}

async function addImports() {
  const [last] = await db.select().from(operations).where(eq(operations.schoolId, north.id)).limit(1)
  const [schoolId, operationId] = [north.id, last?.id ?? '']
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(importCounts).values({ schoolId, file: 'users', rows: 3, at: now })
    await tx
      .insert(importResults)
      .values({ schoolId, operationId, name: 'b.zip', totals: { student: { new: 3, changed: 0 } } })
  })
}

/** The record that goes names one that was made after it, and the term a year of its own table. */
async function addSelfReferences() {
  const [gone, kept] = [await makeStudent('Dana'), await makeStudent('Dana')]
  await office().students.merge({ id: gone.id, version: gone.version, intoId: kept.id, intoVersion: kept.version })
  const days = { startDate: '2026-08-01', endDate: '2027-07-01' }
  const term = await office().academicSessions.create({ title: 'Fall', type: 'term', ...days })
  const year = await office().academicSessions.create({ title: 'Year', type: 'schoolYear', ...days })
  await office().academicSessions.update({ id: term.id, version: term.version, parentId: year.id })
}

let cleo = ''
const changeCleo = newId()
beforeAll(async () => {
  await changeAccount(owner.userId, { isOwner: true })
  await makeRecords(north, 'Any')
  await fillWaitlist()
  await eraseOne()
  await addSelfReferences()
  const { id, version } = await makeStudent('Cleo')
  cleo = id
  await as(administrator, { key: changeCleo }).students.update({ id, version, gradeLevel: '09' })
  await addImports()
})

const linesIn = (content: Buffer | undefined) => String(content).split('\n').filter(Boolean)
/** The import adds an operation of its own, and invites. */
const growing = /^(operations|journal\w*)\.jsonl$/
const personal = /^(manifest|accounts|memberships|savedViews)\.json/

const verified = async (slug: string, heads = new Map<number, string>()) => {
  const [report] = await verifyJournals(db, slug, heads)
  return report
}
const alteredIn = ({ id }: SchoolRow) => db.snapshot((tx) => alteredRecords(tx, id, allKinds))

test('a school that comes in has the same rows as in the file, and goes on from there', async () => {
  const path = await exported(north.slug)
  const { school } = await imported(path, 'moved')
  const [was, is] = await Promise.all([unpacked(path), exported('moved').then(unpacked)])
  expect([...is.keys()]).toEqual([...was.keys()])
  for (const [name, content] of was) {
    if (personal.test(name)) continue
    if (growing.test(name)) expect(linesIn(is.get(name)), name).toEqual(expect.arrayContaining(linesIn(content)))
    else expect(String(is.get(name)), name).toBe(String(content))
  }
  for (const name of ['students', 'enrollments', 'importCounts', 'importResults', 'savedViews', 'studentGuardians'])
    expect(linesIn(was.get(`${name}.jsonl`)), name).not.toEqual([])
  const rowsOf = (files: typeof was, name: string) => linesIn(files.get(name)).map((line) => JSON.parse(line))
  const plain = (row: object) => ({ ...row, version: 0, invitedName: null })
  const [before, after] = [rowsOf(was, 'memberships.jsonl'), rowsOf(is, 'memberships.jsonl')]
  expect(after.map(plain)).toEqual(expect.arrayContaining(before.map(plain)))
  expect(await alteredIn(school)).toEqual({ count: 0, first: [] })
})

test('the chain that came is verified under the id the school had, also after a second move, and by heads that were kept', async () => {
  const head = (await verified(north.slug))?.head ?? ''
  const [number, hash = ''] = head.split(':')
  const once = await imported(await exported(north.slug), 'once')
  const twice = await imported(await exported('once'), 'twice')
  const report = await verified('twice', new Map([[Number(number), hash]]))
  expect(report).toMatchObject({
    broken: null,
    sealed: [
      { head, formerId: north.id },
      { head: (await verified('once'))?.head, formerId: once.school.id },
    ],
  })
  expect(report?.entries).toBeGreaterThan(Number(number))
  expect(await alteredIn(twice.school)).toEqual({ count: 0, first: [] })
  await db.transaction(noSchool, (tx) =>
    tx.update(journalSeals).set({ formerId: 999 }).where(eq(journalSeals.schoolId, twice.school.id)),
  )
  expect(await verified('twice')).toMatchObject({ broken: { number: 1 } })
})

test('a school whose journal was broken before comes in as it was, and the file says so', async () => {
  const path = await exported(north.slug)
  const { school } = await imported(path, 'broken')
  const third = and(eq(journal.schoolId, school.id), eq(journal.number, 3))
  await db.transaction(noSchool, (tx) => tx.update(journal).set({ version: 77 }).where(third))
  const { manifest } = await imported(await exported('broken'), 'broken-again')
  expect(manifest.journal).toMatchObject({ number: 2, broken: { number: 3 } })
  expect(await verified('broken-again')).toMatchObject({ broken: { number: 3 } })
})

test('history reads as before, and what was done before can be undone', async () => {
  const { school } = await imported(await exported(north.slug), 'history')
  const here = () => as(inSchool(school))
  const told = async (who: Person) => (await as(who).journal.list({})).rows
  const before = (await told(inSchool(north as SchoolRow))).map(({ undoes: _undoes, ...row }) => row)
  const after = (await told(inSchool(school))).map(({ undoes: _undoes, ...row }) => row)
  expect(after[0]).toMatchObject({ way: 'cli', deed: 'add', by: null })
  expect(after.slice(1)).toEqual(before.slice(0, after.length - 1))
  await here().journal.undo({ operationId: changeCleo })
  expect(await here().students.get({ id: cleo })).toMatchObject({ gradeLevel: null })
  expect(await office().students.get({ id: cleo })).toMatchObject({ gradeLevel: '09' })
  expect(await verified(school.slug)).toMatchObject({ broken: null })
})

test('who was erased is in no file, and stays erased', async () => {
  const path = await exported(north.slug)
  for (const [name, content] of await unpacked(path)) expect(content.includes('Forgotten'), name).toBe(false)
  const { school } = await imported(path, 'erased')
  const rows = await db
    .select()
    .from(students)
    .where(and(eq(students.schoolId, school.id), isNotNull(students.erasedAt)))
  expect(rows).toHaveLength(1)
})

test('two exports of one moment have the same lines', async () => {
  const [one, other] = await Promise.all([
    exported(north.slug).then(unpacked),
    exported(String(north.id)).then(unpacked),
  ])
  expect(one).toEqual(other)
})

test('an export replaces no file, and leaves none behind where there is no such school', async () => {
  const path = await exported(north.slug)
  const before = readFileSync(path)
  await expect(exported(north.slug, path)).rejects.toThrow('is there already')
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const nowhere = newFile()
  await expect(exported('southgate', nowhere)).rejects.toThrow('There is no school "southgate"')
  expect(readdirSync(dirname(nowhere)).filter((name) => name.startsWith(basename(nowhere)))).toEqual([])
})
