/** What a newer version on the same database writes and this one does not know. */
import '../../setup/as-owner.ts'
import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { journal, journalOwners, operations } from '../../../db/schema/index.ts'
import type { JournalEntity } from '../../../db/values.ts'
import { newestNumber } from '../../../server/journal/newest.ts'
import { feedOf } from '../../../server/live/feed.ts'
import { outsider } from '../../db/outsider.ts'
import { Listener, signedIn } from '../../setup/listener.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'

const school = await makeSchool('Newer')
const registrar = await makePerson(school, 'registrar')
const administrator = await makePerson(school, 'administrator')
let served: Served

beforeAll(async () => {
  served = await serve(db)
  const owner = outsider()
  await owner.rows('alter table journal drop constraint journal_entity_known')
  await owner.rows('alter table operations drop constraint operations_deed_known')
  await owner.close()
})
afterAll(async () => {
  await served.close()
  await db.close()
})

/** As the newer version's `houses.create`: the newest operation once more, about an entity and with a deed of its own. */
async function createHouse(): Promise<string> {
  const operationId = newId()
  await db.transaction(school.id, async (tx) => {
    const own = eq(operations.schoolId, school.id)
    const [last] = await tx.select().from(operations).where(own).orderBy(desc(operations.number)).limit(1)
    const [entry] = await tx
      .select()
      .from(journal)
      .where(eq(journal.schoolId, school.id))
      .orderBy(desc(journal.number))
      .limit(1)
    if (!last || !entry) throw new Error('nothing was written yet')
    const [number, entity] = [entry.number + 1, 'house' as JournalEntity]
    const deed = 'found' as 'add'
    await tx
      .insert(operations)
      .values({ ...last, id: operationId, number, procedure: 'houses.create', deed, about: null })
    await tx.insert(journal).values({ ...entry, number, operationId, entity, entityId: newId(), fields: ['color'] })
    await tx.insert(journalOwners).values({ schoolId: school.id, number, entity, id: newId() })
  })
  return operationId
}

const newStudent = () => as(registrar).students.create({ givenName: 'Ada', familyName: 'Okafor' })

test('nobody here hears of an entity that this version does not know, and everybody goes on hearing the rest', async () => {
  const first = await newStudent()
  const { cookie } = await signedIn(registrar)
  const listener = new Listener({ url: served.url, school: school.slug, cookie })
  await listener.until(() => true)
  await createHouse()
  const second = await newStudent()
  const news = await listener.until(({ entries, resync }) => resync || entries.some(({ id }) => id === second.id))
  expect(news.resync).toBe(false)
  const heard = listener.news.flatMap(({ entries }) => entries)
  expect(heard.map(({ id }) => id)).toEqual([second.id])
  expect(first.id).not.toBe(second.id)
  expect(served.lines.filter((line) => line.includes('live.failed'))).toEqual([])
  await listener.cut()
})

test('history answers, and offers to undo nothing of it', async () => {
  await newStudent()
  const id = await createHouse()
  const { rows } = await as(administrator).journal.list({})
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.find((one) => one.id === id)?.undoes ?? null).toBe(null)
  await expect(as(administrator).journal.undo({ operationId: id })).rejects.toThrow('undo.impossible')
})

test('what can not be told for another reason is said once, and listeners are told to read everything anew', async () => {
  const { sessionId } = await signedIn(registrar)
  const select = (fields: object) => {
    if ('entity' in fields) throw new TypeError('of this test')
    return db.select(fields as never)
  }
  const broken = new Proxy(db, { get: (own, key) => (key === 'select' ? select : Reflect.get(own, key)) })
  const failures: unknown[] = []
  feedOf(broken).onFailure((error) => failures.push(error))
  const end = new AbortController()
  const from = await newestNumber(db, school.id)
  const news = feedOf(broken).listen(school.id, { userId: registrar.userId, sessionId }, from, end.signal).getReader()
  for (let times = 1; times <= 2; times++) {
    await newStudent()
    const { value } = await news.read()
    expect(value).toMatchObject({ resync: true, entries: [] })
  }
  expect(failures).toEqual([expect.objectContaining({ message: 'of this test' })])
  end.abort()
  feedOf(broken).end()
})
