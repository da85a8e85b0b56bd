/** Owners start, watch and stop a move from the page: what is told and noted, without the mover itself. */
import './named-target.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noSchool, register } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { namedTarget } from '../../../db/move/told.ts'
import { instances, moves, registerJournal, users } from '../../../db/schema/index.ts'
import { verifyRegister } from '../../../server/journal/register.ts'
import { endMove, goOn } from '../../../server/moves/end.ts'
import type { MoverOrder } from '../../../server/moves/primary.ts'
import { atPrimary } from '../../../server/moves/primary.ts'
import type { Person } from '../../../server/trpc.ts'
import { outsider } from '../../db/outsider.ts'
import { reasonOf } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'

const target = namedTarget()

let owner: Person
let administrator: Person
const asked: MoverOrder[] = []
const serve = (pid = process.pid) => atPrimary({ pid, ask: async (order) => void asked.push(order) })

beforeAll(async () => {
  const school = await makeSchool()
  owner = await makePerson(school, 'administrator')
  administrator = await makePerson(school, 'administrator')
  await db.transaction(noSchool, (tx) => tx.update(users).set({ isOwner: true }).where(eq(users.id, owner.userId)))
})
beforeEach(async () => {
  await db.transaction(register, async (tx) => {
    await tx.delete(moves)
    await tx.delete(registerJournal)
    await tx.delete(instances)
  })
  asked.length = 0
  serve()
})
afterAll(() => db.close())

const get = () => as(owner).moves.get()
const run = async () => (await get()).run
const told = async () =>
  (await db.select().from(registerJournal).orderBy(registerJournal.number)).map(
    ({ procedure, way, actorId, fields }) => ({ procedure, way, actorId, fields }),
  )
/** As a mover would, in the file itself. */
async function inFile(work: string): Promise<void> {
  const client = outsider()
  for (const statement of work.split(';')) await client.rows(statement)
  await client.close()
}
const begun = `create table move (id text primary key, state text not null, target text not null, fence text, is_stopping integer not null default 0);
  create table move_progress (one integer primary key, said text not null);
  create table move_servers (instance text primary key, at text not null);
  insert into move (id, state, target) values ('m', 'copying', 'db.school.example:5432/homeroom')`
const gone = 'drop table move; drop table move_progress; drop table move_servers'

test('the database to move to is named without its password', () => {
  expect(target).toBe('db.school.example:5433/homeroom')
})

test('only who owns the register sees the page, and System says to whom', async () => {
  expect(await reasonOf(as(administrator).moves.get())).toBe('owner.only')
  expect((await as(administrator).system.get()).mayMove).toBe(false)
  expect((await as(owner).system.get()).mayMove).toBe(true)
  expect(await get()).toMatchObject({ isOnFile: true, target, mayStart: true, inFile: null, progress: null, run: null })
  for (const verb of ['start', 'rehearse', 'stop'] as const)
    expect(await reasonOf(as(administrator).moves[verb]({}))).toBe('owner.only')
  expect(asked).toEqual([])
})

test('an owner starts the move: the primary is asked, and the chain tells who did it', async () => {
  const { run: started } = await as(owner).moves.start({})
  expect(started).toMatchObject({ verb: 'move', outcome: null, startedBy: owner.name, target, isLeft: false })
  expect(asked).toEqual(['move'])
  expect(await told()).toMatchObject([{ procedure: 'moves.start', way: 'screen', actorId: owner.userId }])
  expect(await reasonOf(as(owner).moves.start({}))).toBe('move.under_way')
  expect(await reasonOf(as(owner).moves.rehearse({}))).toBe('move.under_way')
  await endMove(db, { verb: 'move', code: 0, out: '{"target":"x","rows":12,"took":340}\n', said: '' }, now)
  expect(await run()).toMatchObject({ outcome: 'done', rows: 12, took: 340, endedAt: now.toISOString() })
  expect((await told()).at(-1)).toMatchObject({ procedure: 'moves.end', way: 'cli', actorId: null })
  expect(await verifyRegister(db)).toMatchObject({ entries: 2, broken: null })
})

test('what PostgreSQL would refuse is told row by row, and stands in no chain', async () => {
  await as(owner).moves.rehearse({})
  const said = 'PostgreSQL would not take everything. Mend these first:\n  students.given_name of id 7: "Ada"\n'
  await endMove(db, { verb: 'rehearse', code: 1, out: '', said }, now)
  expect(await run()).toMatchObject({
    outcome: 'failed',
    failure: 'PostgreSQL would not take everything. Mend these first:',
    found: ['students.given_name of id 7: "Ada"'],
  })
  const [, end] = await db.select().from(registerJournal).orderBy(registerJournal.number)
  expect(end?.content).not.toContain('Ada')
  await as(owner).moves.rehearse({})
  expect((await run())?.found).toEqual([])
})

test('what ends twice, or ends as another, is noted once', async () => {
  await as(owner).moves.rehearse({})
  await endMove(db, { verb: 'move', code: 0, out: '', said: '' }, now)
  expect((await run())?.outcome).toBe(null)
  await endMove(db, { verb: 'rehearse', code: 1, out: '', said: 'no' }, now)
  await endMove(db, { verb: 'rehearse', code: 0, out: '', said: '' }, now)
  expect((await run())?.outcome).toBe('failed')
  expect(await told()).toHaveLength(2)
})

test('a stop is asked for once something is under way, and noted when the file is free again', async () => {
  expect(await reasonOf(as(owner).moves.stop({}))).toBe('move.none')
  await as(owner).moves.start({})
  await inFile(begun)
  try {
    expect((await as(owner).moves.stop({})).run).toMatchObject({ isStopAsked: true, outcome: null })
    expect(asked).toEqual(['move', 'stop'])
    expect((await told()).at(-1)).toMatchObject({
      procedure: 'moves.stop',
      actorId: owner.userId,
      fields: ['stopAskedAt'],
    })
    await endMove(db, { verb: 'move', code: 1, out: '', said: 'PostgreSQL is away' }, now)
    expect(await run()).toMatchObject({ outcome: 'failed', failure: 'PostgreSQL is away' })
  } finally {
    await inFile(gone)
  }
  await as(owner).moves.start({})
  await as(owner).moves.stop({})
  await endMove(db, { verb: 'move', code: 1, out: '', said: 'The move was stopped' }, now)
  expect(await run()).toMatchObject({ outcome: 'stopped', failure: null })
})

test('while the register is copied the page has the mover’s own words, and which server is not ready', async () => {
  const about = { host: 'north', version: '1', schemaMin: 5, schemaMax: 6, startedAt: now, isDraining: false }
  const [ready, late, old] = [newId(), newId(), newId()]
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(instances).values({ id: ready, pid: 1, seenAt: now, ...about })
    await tx.insert(instances).values({ id: late, pid: 2, seenAt: now, ...about })
    await tx.insert(instances).values({ id: old, pid: 3, seenAt: new Date(now.getTime() - 31_000), ...about })
  })
  const said = { phase: 'copying', rows: 5, of: 20, bytes: 999, pid: 1, since: 1, phaseSince: 2, heardAt: 3 }
  await inFile(begun)
  try {
    await inFile(
      `insert into move_progress values (1, '${JSON.stringify(said)}'); insert into move_servers values ('${ready}', 'now')`,
    )
    const { inFile: state, progress, servers } = await get()
    expect(state).toMatchObject({ state: 'copying', target: 'db.school.example:5432/homeroom', isStopping: false })
    expect(progress).toEqual(said)
    expect(Object.fromEntries(servers.map(({ pid, isReady }) => [pid, isReady]))).toEqual({ 1: true, 2: false })
    expect(await reasonOf(as(owner).moves.rehearse({}))).toBe('move.under_way')
    await as(owner).moves.start({})
    expect(asked).toEqual(['move'])
  } finally {
    await inFile(gone)
  }
})

/** No process has it: pid numbers end below. */
const nobody = 2 ** 30

test('a server that comes back goes on with a move, and ends a rehearsal as failed', async () => {
  serve(nobody)
  await as(owner).moves.start({})
  expect(await run()).toMatchObject({ isLeft: true })
  asked.length = 0
  serve()
  await inFile(begun)
  await goOn(db, now).finally(() => inFile(gone))
  expect(asked).toEqual(['move'])
  expect(await run()).toMatchObject({ outcome: null, isLeft: false })
  await endMove(db, { verb: 'move', code: 1, out: '', said: 'no' }, now)
  serve(nobody)
  await as(owner).moves.rehearse({})
  asked.length = 0
  serve()
  await goOn(db, now)
  expect(asked).toEqual([])
  expect(await run()).toMatchObject({ verb: 'rehearse', outcome: 'failed' })
  await as(owner).moves.start({})
  asked.length = 0
  await goOn(db, now)
  expect(asked, 'it is under way in another server of this machine').toEqual([])
})

test('a move that had not begun in the file is not gone on with, such as after a restore', async () => {
  serve(nobody)
  await as(owner).moves.start({})
  asked.length = 0
  serve()
  await goOn(db, now)
  expect(asked).toEqual([])
  expect(await run()).toMatchObject({ outcome: 'failed', failure: 'The server ended meanwhile.' })
})

test('a move that was started at a command line can be stopped, too', async () => {
  await inFile(begun)
  try {
    await as(owner).moves.stop({})
    expect(asked).toEqual(['stop'])
  } finally {
    await inFile(gone)
  }
  await endMove(db, { verb: null, code: 1, out: '', said: '' }, now)
  expect(await run()).toMatchObject({ outcome: 'stopped', startedBy: owner.name })
})

test('without a primary, or where the page is not shown, nothing can be started', async () => {
  atPrimary({ ask: null, pid: 1 })
  expect(await reasonOf(as(owner).moves.start({}))).toBe('move.no_server')
  expect((await get()).mayStart).toBe(false)
  serve()
  const flags = {
    version: 1,
    of: () => ({ 'move-page': false, presences: true, backfills: true, 'shadow-seats': false }),
  }
  expect(await reasonOf(as(owner, { flags }).moves.start({}))).toBe('permission.missing')
  expect(await as(owner, { flags }).system.get()).toMatchObject({ mayMove: false, ownsRegister: true })
  expect(await told()).toEqual([])
})
