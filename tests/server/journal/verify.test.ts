/** Twenty and more ways to tamper with a journal, each at an entry that its seed picks: verify names it and what is wrong. */
import '../../setup/as-owner.ts'
import { and, asc, eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal, journalValues, operations } from '../../../db/schema/index.ts'
import type { School } from '../../../server/context.ts'
import { hashOfEntry, hashOfValues } from '../../../server/journal/entry.ts'
import { verifyJournals } from '../../../server/journal/verify.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'

afterAll(() => db.close())

type Tx = Parameters<Parameters<typeof db.transaction>[1]>[0]
type Entry = typeof journal.$inferSelect
type Values = typeof journalValues.$inferSelect
interface Row {
  entry: Entry
  values: Values | undefined
}
/** What somebody with the database's password works on: the journal as it stands, and the seed's choice of an entry. */
interface Tampering {
  tx: Tx
  rows: Row[]
  /** Neither the first nor the last, with values, and the only one of its operation. */
  at: Row
  /** One of an operation that made others too. */
  oneOfMany: Row
  /** Of the erasure of a person. */
  erasure: Row
}
type Finding = [number: number, what: string | RegExp]

let school: School
/** What the journal kept of the one who was erased, as a backup would have it. */
let forgotten: Values[]
beforeEach(async () => {
  school = await makeSchool('Northgate')
  const administrator = await makePerson(school, 'administrator')
  const api = () => as(administrator)
  const items = ['Ada', 'Ben', 'Cleo', 'Dov'].map((givenName) => ({ givenName, familyName: 'Abara' }))
  const { outcomes } = await api().students.createMany({ items })
  for (const { id = '' } of outcomes) await api().students.update({ id, version: 1, gradeLevel: '09' })
  for (const { id = '' } of outcomes) await api().students.update({ id, version: 2, gradeLevel: '10' })
  const gone = await api().students.create({ givenName: 'Eve', familyName: 'Abara', number: '7' })
  const archived = await api().students.archive({ id: gone.id, version: 1 })
  const kept = (await rowsOf(db)).filter(({ entry }) => entry.entityId === gone.id)
  forgotten = kept.flatMap(({ values = [] }) => values)
  await api().students.erase({ id: gone.id, version: archived.version, confirm: 'Eve Abara' })
  for (const { id = '' } of outcomes) await api().students.update({ id, version: 3, gradeLevel: '11' })
})

async function rowsOf(tx: Pick<Tx, 'select'>): Promise<Row[]> {
  const entries = await tx.select().from(journal).where(eq(journal.schoolId, school.id)).orderBy(asc(journal.number))
  const values = await tx.select().from(journalValues).where(eq(journalValues.schoolId, school.id))
  return entries.map((entry) => ({ entry, values: values.find(({ number }) => number === entry.number) }))
}

/** The same every time for one seed. */
const picked = <T>(items: readonly T[], seed: number): T => {
  const item = items[(seed * 7919 + 13) % items.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

async function tamper(seed: number, work: (tampering: Tampering) => Promise<Finding>): Promise<Finding> {
  return db.transaction(school.id, async (tx) => {
    const rows = await rowsOf(tx)
    const siblings = ({ entry }: Row) => rows.filter((row) => row.entry.operationId === entry.operationId).length
    const inside = rows.slice(1, -2).filter(({ values }) => values)
    const at = picked(
      inside.filter((row) => siblings(row) === 1),
      seed,
    )
    const oneOfMany = picked(
      inside.filter((row) => siblings(row) > 1),
      seed,
    )
    const erasure = rows.find(({ values }, index) => !values && index > 12)
    if (!erasure) throw new Error('nobody was erased')
    return work({ tx, rows, at, oneOfMany, erasure })
  })
}

const thisEntry = ({ entry: { number } }: Row) => and(eq(journal.schoolId, school.id), eq(journal.number, number))
const itsValues = ({ entry: { number } }: Row) =>
  and(eq(journalValues.schoolId, school.id), eq(journalValues.number, number))

const change = ({ tx }: Tampering, row: Row, fields: Partial<Entry>) =>
  tx.update(journal).set(fields).where(thisEntry(row))
const changeValues = ({ tx }: Tampering, row: Row, fields: Partial<Values>) =>
  tx.update(journalValues).set(fields).where(itsValues(row))
const changeOperation = ({ tx }: Tampering, { entry }: Row, fields: Partial<typeof operations.$inferSelect>) =>
  tx
    .update(operations)
    .set(fields)
    .where(and(eq(operations.schoolId, school.id), eq(operations.id, entry.operationId)))

/** Puts these rows in place of the whole journal, numbered in their order from the first. */
async function rewrite({ tx }: Tampering, rows: readonly Row[]): Promise<void> {
  await tx.delete(journalValues).where(eq(journalValues.schoolId, school.id))
  await tx.delete(journal).where(eq(journal.schoolId, school.id))
  for (const [index, { entry, values }] of rows.entries()) {
    await tx.insert(journal).values({ ...entry, number: index + 1 })
    if (values) await tx.insert(journalValues).values({ ...values, number: index + 1 })
  }
}
/** The same with hashes that follow from each other, as somebody writes them who knows how. */
async function rewriteWithHashes(tampering: Tampering, rows: readonly Row[]): Promise<void> {
  const made = await tampering.tx.select().from(operations).where(eq(operations.schoolId, school.id))
  let hash = ''
  await rewrite(
    tampering,
    rows.map(({ entry, values }, index) => {
      const operation = made.find(({ id }) => id === entry.operationId)
      if (!operation) throw new Error('no operation')
      hash = hashOfEntry(hash, operation, { ...entry, number: index + 1 })
      return { entry: { ...entry, hash }, values }
    }),
  )
}
const numberOf = ({ entry }: Row) => entry.number

const tamperings: [string, (tampering: Tampering) => Promise<Finding>][] = [
  [
    'the fields that an entry tells of are changed',
    async (t) => {
      await change(t, t.at, { fields: ['familyName'] })
      return [numberOf(t.at), /^its hash differs: it is not what was written, or its operation/]
    },
  ],
  [
    'an entry is made to be about another record',
    async (t) => {
      await change(t, t.at, { entityId: newId() })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'an entry is made to be about another kind of record',
    async (t) => {
      await change(t, t.at, { entity: 'room' })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'the version that an entry left is changed',
    async (t) => {
      await change(t, t.at, { version: t.at.entry.version + 1 })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'one of several entries of an operation is changed',
    async (t) => {
      await change(t, t.oneOfMany, { version: 5 })
      return [numberOf(t.oneOfMany), 'its hash differs: it is not what was written, though its operation is']
    },
  ],
  [
    'an entry is given to another operation',
    async (t) => {
      await change(t, t.at, { operationId: t.oneOfMany.entry.operationId })
      return [numberOf(t.at), 'its hash differs: it is not what was written, though its operation is']
    },
  ],
  [
    'the hash of an entry is changed',
    async (t) => {
      await change(t, t.at, { hash: 'f'.repeat(64) })
      return [numberOf(t.at), 'its hash was changed; what it tells is what was written']
    },
  ],
  [
    'the hash that the last entry has is changed',
    async (t) => {
      const last = t.rows.at(-1) as Row
      await change(t, last, { hash: '0'.repeat(64) })
      return [numberOf(last), /^its hash differs/]
    },
  ],
  [
    'somebody else is named as who did it',
    async (t) => {
      await changeOperation(t, t.at, { actorId: null })
      return [numberOf(t.at), /its operation \(who, when, by which way, what\) is not$/]
    },
  ],
  [
    'somebody else is named as who changed several records',
    async (t) => {
      await changeOperation(t, t.oneOfMany, { actorId: null })
      const first = t.rows.find(({ entry }) => entry.operationId === t.oneOfMany.entry.operationId) as Row
      return [
        numberOf(first),
        'its hash differs: its operation is not what was written (who, when, by which way, what)',
      ]
    },
  ],
  [
    'it is made to have happened at another time',
    async (t) => {
      await changeOperation(t, t.at, { at: new Date('2026-01-01T00:00:00Z') })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'it is made to have come by another way',
    async (t) => {
      await changeOperation(t, t.at, { way: 'import' })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'another procedure is named',
    async (t) => {
      await changeOperation(t, t.at, { procedure: 'students.erase' })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'the hash of the input is changed',
    async (t) => {
      await changeOperation(t, t.at, { inputHash: 'a'.repeat(64) })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'an entry is removed',
    async (t) => {
      await t.tx.delete(journalValues).where(itsValues(t.at))
      await t.tx.delete(journal).where(thisEntry(t.at))
      return [numberOf(t.at), `entry ${numberOf(t.at)} is missing`]
    },
  ],
  [
    'an entry is removed and the later ones are numbered anew',
    async (t) => {
      await rewrite(
        t,
        t.rows.filter((row) => row !== t.at),
      )
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'an entry is slipped in and the later ones are numbered anew',
    async (t) => {
      const index = t.rows.indexOf(t.at)
      await rewrite(t, t.rows.toSpliced(index, 0, { entry: { ...t.at.entry, version: 9 }, values: t.at.values }))
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'two entries change places',
    async (t) => {
      const index = t.rows.indexOf(t.at)
      await rewrite(t, [
        ...t.rows.slice(0, index),
        ...t.rows.slice(index, index + 2).reverse(),
        ...t.rows.slice(index + 2),
      ])
      return [numberOf(t.at), `it and entry ${numberOf(t.at) + 1} have changed places`]
    },
  ],
  [
    'what a field held is changed',
    async (t) => {
      await changeValues(t, t.at, { content: '{"after":{"gradeLevel":"12"}}' })
      return [numberOf(t.at), 'its values are not what was written']
    },
  ],
  [
    'the salt of values is changed',
    async (t) => {
      await changeValues(t, t.at, { salt: '0'.repeat(32) })
      return [numberOf(t.at), 'its values are not what was written']
    },
  ],
  [
    'the values of two entries are exchanged',
    async (t) => {
      const [one, other] = [t.at.values as Values, t.oneOfMany.values as Values]
      await changeValues(t, t.at, { salt: other.salt, content: other.content })
      await changeValues(t, t.oneOfMany, { salt: one.salt, content: one.content })
      const [first, second] = [numberOf(t.at), numberOf(t.oneOfMany)].toSorted((a, b) => a - b)
      return [first ?? 0, `its values are those of entry ${second}`]
    },
  ],
  [
    'values are exchanged for others, hash and all',
    async (t) => {
      const [salt, content] = ['0'.repeat(32), '{"after":{"gradeLevel":"12"}}']
      await changeValues(t, t.at, { salt, content })
      await change(t, t.at, { valuesHash: hashOfValues(salt, content) })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'values are deleted of somebody who was never erased',
    async (t) => {
      await t.tx.delete(journalValues).where(itsValues(t.at))
      return [numberOf(t.at), 'its values are missing, and no erasure tells of them']
    },
  ],
  [
    'values are deleted and an entry is made to look like an erasure',
    async (t) => {
      await t.tx.delete(journalValues).where(itsValues(t.at))
      await change(t, t.at, { valuesHash: t.erasure.entry.valuesHash })
      return [numberOf(t.at), /^its hash differs/]
    },
  ],
  [
    'values of somebody who was erased are put back, as from a backup',
    async (t) => {
      await t.tx.insert(journalValues).values(forgotten)
      const erasedBy = t.rows.findLast(({ entry }) => entry.entityId === t.erasure.entry.entityId) as Row
      const what = `its values are there, although entry ${numberOf(erasedBy)} tells of their erasure`
      return [forgotten[0]?.number ?? 0, what]
    },
  ],
  [
    'other values are put in place of those of somebody who was erased',
    async (t) => {
      const { schoolId, number } = t.erasure.entry
      await t.tx.insert(journalValues).values({ schoolId, number, salt: '0'.repeat(32), content: '{"after":{}}' })
      return [number, 'its values are not what was written']
    },
  ],
  [
    'an entry is added at the end',
    async (t) => {
      const { entry, values } = t.rows.at(-1) as Row
      await t.tx.insert(journal).values({ ...entry, number: entry.number + 1 })
      if (values) await t.tx.insert(journalValues).values({ ...values, number: entry.number + 1 })
      return [entry.number + 1, /^its hash differs/]
    },
  ],
]

test('a journal with a lawful erasure in it is intact', async () => {
  const rows = await rowsOf(db)
  expect(rows.filter(({ values }) => !values).length).toBeGreaterThan(2)
  expect(await verifyJournals(db, school.slug)).toEqual([
    { slug: school.slug, entries: rows.length, head: `${rows.length}:${rows.at(-1)?.entry.hash}`, broken: null },
  ])
})

test.each(tamperings.map(([name, work], seed) => ({ name, work, seed })))(
  'it is found when $name',
  async ({ work, seed }) => {
    const [number, what] = await tamper(seed, work)
    const [report] = await verifyJournals(db, school.slug)
    expect(report?.broken?.what).toMatch(what)
    expect(report?.broken?.number).toBe(number)
  },
)

const headAt = async (back: number) => {
  const { number = 0, hash = '' } = (await rowsOf(db)).at(-1 - back)?.entry ?? {}
  return new Map([[number, hash]])
}

test('an end that was cut off is found by a head that was kept elsewhere, and by nothing else', async () => {
  const kept = await headAt(0)
  const [last = 0] = kept.keys()
  await tamper(1, async (t) => {
    for (const row of t.rows.slice(-3)) {
      await t.tx.delete(journalValues).where(itsValues(row))
      await t.tx.delete(journal).where(thisEntry(row))
    }
    return [0, '']
  })
  expect((await verifyJournals(db, school.slug))[0]?.broken).toBe(null)
  expect((await verifyJournals(db, school.slug, kept))[0]?.broken).toMatchObject({
    number: last - 2,
    what: `the journal ends at entry ${last - 3}, but the hash of entry ${last} was kept elsewhere: its end is missing`,
  })
})

test('a chain that somebody wrote anew from an entry on is found by a head that was kept elsewhere', async () => {
  const kept = await headAt(2)
  await tamper(2, async (t) => {
    const changed = t.rows.map((row) => (row === t.at ? { ...row, entry: { ...row.entry, version: 9 } } : row))
    await rewriteWithHashes(t, changed)
    return [0, '']
  })
  expect((await verifyJournals(db, school.slug))[0]?.broken).toBe(null)
  const [number] = kept.keys()
  expect((await verifyJournals(db, school.slug, kept))[0]?.broken).toMatchObject({
    number,
    what: 'its hash is not the one that was kept elsewhere: the journal was written anew up to here',
  })
})

test('a head that was kept is still the head of the journal up to there, however much has happened since', async () => {
  const kept = await headAt(4)
  expect((await verifyJournals(db, school.slug, kept))[0]?.broken).toBe(null)
})
