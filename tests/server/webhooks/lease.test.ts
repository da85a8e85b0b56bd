import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { schools } from '../../../db/schema/index.ts'
import { claim, leaseFor } from '../../../server/webhooks/lease.ts'
import { as, db, makePerson, now } from '../../setup/people.ts'
import { receive } from '../../setup/receiver.ts'
import { api, makeStudent, school } from '../../setup/school.ts'
import { administering, after, deliveryRow, dispatch, dispatcherAt, makeWebhook } from '../../setup/webhooks.ts'

const boss = await makePerson(school, 'administrator')
const receiver = await receive()
afterAll(() => receiver.close())
beforeEach(async () => {
  for (const { id, version } of (await administering(boss).webhooks.list()).rows)
    await administering(boss).webhooks.archive({ id, version })
  receiver.received.length = 0
  receiver.answers(204)
})

test('two servers that look at once send each change once', async () => {
  await makeWebhook(boss, receiver.url)
  const items = Array.from({ length: 40 }, (_, index) => ({ givenName: 'Sam', familyName: `Two ${index}` }))
  await api().students.createMany({ items })
  const servers = [dispatcherAt(now), dispatcherAt(now), dispatcherAt(now)]
  await Promise.all(servers.map((server) => server.look()))
  await Promise.all(servers.map((server) => server.idle()))
  expect(receiver.numbers()).toHaveLength(40)
  expect(new Set(receiver.numbers()).size).toBe(40)
  expect(servers.flatMap(({ told }) => told.failed)).toEqual([])
})

test('a server that was killed in the middle is followed by another, which sends the same again', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  expect(await claim(db, { schoolId: school.id, webhookId: id }, now)).toBeDefined()
  await dispatch(after(leaseFor - 1))
  expect(receiver.received, 'the lease of the killed one still holds').toEqual([])
  await dispatch(after(leaseFor))
  expect(receiver.received).toHaveLength(1)
})

test('who lost the lease meanwhile neither goes on nor writes how far it was', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  for (let n = 0; n < 3; n++) await makeStudent()
  const first = (await deliveryRow(id))?.position ?? 0
  receiver.answers((_, response) => {
    void (async () => {
      // Slower than a position is kept, so that it is looked at before the next one is sent.
      await new Promise((resolve) => setTimeout(resolve, 300))
      if (receiver.received.length === 1) {
        const { version = 0 } = (await administering(boss).webhooks.list()).rows[0] ?? {}
        await administering(boss).webhooks.replay({ id, version, after: first })
      }
      response.writeHead(204).end()
    })()
  })
  await dispatch()
  expect(receiver.received).toHaveLength(1)
  expect((await deliveryRow(id))?.position).toBe(first)
  receiver.answers(204)
  await dispatch()
  expect(receiver.received.slice(1)).toHaveLength(3)
})

test('a server that stops lets the answer come, gives the rest away, and counts no failure', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  for (let n = 0; n < 3; n++) await makeStudent()
  let isStopping = false
  receiver.answers((_, response) => {
    isStopping = true
    response.writeHead(204).end()
  })
  await dispatch(now, { isStopping: () => isStopping })
  expect(receiver.received).toHaveLength(1)
  expect(await deliveryRow(id)).toMatchObject({ attempts: 0, leaseOwner: null, lastProblem: null })
  receiver.answers(204)
  await dispatch(now)
  expect(receiver.numbers()).toHaveLength(3)
})

test('what hangs while a server stops is cut, and is no failure of the receiver', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  const arrived = new Promise<void>((resolve) => receiver.answers(() => resolve()))
  const server = dispatcherAt(now)
  await server.look()
  await arrived
  await server.stop(1)
  expect(await deliveryRow(id)).toMatchObject({ attempts: 0, failingSince: null, leaseOwner: null, lastProblem: null })
})

test('a copy of the register at another address sends nothing', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  const copy = { from: 'https://test.school.example', hosts: new Set(['127.0.0.1']) }
  await dispatch(now, { sending: copy })
  expect(receiver.received).toEqual([])
  const [row] = (await as(boss, { sending: copy }).webhooks.list()).rows
  expect(row).toMatchObject({ isSentHere: false, sentFrom: 'https://register.school.example' })
  await as(boss, { sending: copy }).webhooks.resume({ id, version: row?.version ?? 0 })
  await dispatch(now)
  expect(receiver.received, 'the one before sends no more').toEqual([])
  await dispatch(now, { sending: copy })
  expect(receiver.received).toHaveLength(1)
})

test('a school that was archived is not told of', async () => {
  await makeWebhook(boss, receiver.url)
  await makeStudent()
  const archive = (archivedAt: Date | null) =>
    db.transaction(
      noSchool,
      async (tx) => void (await tx.update(schools).set({ archivedAt }).where(eq(schools.id, school.id))),
    )
  await archive(now)
  await dispatch()
  expect(receiver.received).toEqual([])
  await archive(null)
  await dispatch()
  expect(receiver.received).toHaveLength(1)
})
