import { afterAll, beforeEach, expect, test } from 'vitest'
import { journal, journalValues, operations } from '../../../db/schema/index.ts'
import { detach } from '../../../server/runtime/installation.ts'
import { reasonOf } from '../../setup/answers.ts'
import { as, db, makePerson, makeSchool, now, sending } from '../../setup/people.ts'
import { isSigned, receive } from '../../setup/receiver.ts'
import { makeStudent, registrar, school } from '../../setup/school.ts'
import { administering, after, deliveryRow, dispatch, makeWebhook } from '../../setup/webhooks.ts'

const boss = await makePerson(school, 'administrator')
const receiver = await receive()
afterAll(() => receiver.close())
beforeEach(async () => {
  for (const { id, version } of (await administering(boss).webhooks.list()).rows)
    await administering(boss).webhooks.archive({ id, version })
  receiver.received.length = 0
  receiver.answers(204)
})

const day = 24 * 3_600_000
const current = async (id: string) => {
  const { version } = await administering(boss).webhooks.get({ id })
  return { id, version }
}

test('a secret is shown once: no answer, no journal and no list tells it again', async () => {
  const { id, secret } = await makeWebhook(boss, receiver.url)
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const rotated = await administering(boss).webhooks.rotate(await current(id))
  const told = [
    await administering(boss).webhooks.list(),
    await administering(boss).webhooks.get({ id }),
    await administering(boss).webhooks.test({ id }),
    await db.select().from(journalValues),
    await db.select().from(journal),
    await db.select().from(operations),
    await as(boss).journal.list({}),
  ]
  for (const one of [secret, rotated.secret]) expect(JSON.stringify(told)).not.toContain(one.slice(6, 30))
})

test('after a rotation both secrets sign for a day', async () => {
  const { id, secret: former } = await makeWebhook(boss, receiver.url)
  const { secret } = await administering(boss).webhooks.rotate(await current(id))
  await makeStudent()
  await dispatch(after(day - 1))
  await makeStudent()
  await dispatch(after(day))
  const signed = receiver.received.map((one) => [isSigned(one, secret), isSigned(one, former)])
  expect(signed).toEqual([
    [true, true],
    [true, false],
  ])
})

test('a rotation that is repeated after a lost answer shows no secret a second time', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  const seen = await current(id)
  const key = '019a0000-0000-7000-8000-000000000001'
  await as(boss, { key }).webhooks.rotate(seen)
  expect(await reasonOf(as(boss, { key }).webhooks.rotate(seen))).toBe('operation.repeated')
})

test('a pause keeps what waits, and a replay from a number tells it again', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  const begin = (await deliveryRow(id))?.position ?? 0
  await makeStudent()
  await administering(boss).webhooks.pause(await current(id))
  await dispatch()
  expect(receiver.received).toEqual([])
  await administering(boss).webhooks.resume(await current(id))
  await dispatch()
  const [number = 0] = receiver.numbers()
  await administering(boss).webhooks.replay({ ...(await current(id)), after: number - 1 })
  await dispatch()
  expect(receiver.numbers()).toEqual([number, number])
  expect(receiver.received[0]?.headers['webhook-id']).toBe(receiver.received[1]?.headers['webhook-id'])
  const ahead = { ...(await current(id)), after: 1_000_000 }
  expect(await reasonOf(administering(boss).webhooks.replay(ahead))).toBe('webhook.number_ahead')
  expect(begin).toBeLessThan(number)
})

test('an archived webhook is told nothing, and its secret is gone', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await administering(boss).webhooks.archive(await current(id))
  await makeStudent()
  await dispatch()
  expect(receiver.received).toEqual([])
  expect(await deliveryRow(id)).toBe(undefined)
  expect(await reasonOf(administering(boss).webhooks.resume(await current(id)))).toBe('webhook.not_found')
  expect(await reasonOf(administering(boss).webhooks.test({ id }))).toBe('webhook.not_found')
})

test('a change goes to another address from the next message on, and needs the version that was seen', async () => {
  const { id } = await makeWebhook(boss, 'https://hooks.example/')
  await administering(boss).webhooks.update({ ...(await current(id)), url: receiver.url })
  await makeStudent()
  await dispatch()
  expect(receiver.received).toHaveLength(1)
  expect(await reasonOf(administering(boss).webhooks.update({ id, version: 1, name: 'Late' }))).toBe('webhook.stale')
  const inward = { ...(await current(id)), url: 'https://10.0.0.1/' }
  expect(await reasonOf(administering(boss).webhooks.update(inward))).toBe('webhook.private_address')
})

test('only administrators see or make webhooks, with their password typed lately', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  const input = { name: 'Mine', url: 'https://hooks.example/', entities: ['student' as const] }
  const office = as(registrar)
  expect(await reasonOf(office.webhooks.list())).toBe('permission.missing')
  expect(await reasonOf(office.webhooks.create(input))).toBe('permission.missing')
  expect(await reasonOf(office.webhooks.test({ id }))).toBe('permission.missing')
  expect(await reasonOf(administering(boss, after(3_600_000)).webhooks.create(input))).toBe('session.unconfirmed')
  const elsewhere = await makePerson(await makeSchool('Southgate'), 'administrator')
  for (const verb of ['pause', 'resume', 'archive', 'rotate'] as const)
    expect(await reasonOf(administering(elsewhere).webhooks[verb]({ id, version: 1 }))).toBe('webhook.not_found')
  expect(await reasonOf(administering(elsewhere).webhooks.get({ id }))).toBe('webhook.not_found')
  expect(await reasonOf(administering(elsewhere).webhooks.test({ id }))).toBe('webhook.not_found')
  expect((await administering(elsewhere).webhooks.list()).rows).toEqual([])
})

test('a school has twenty webhooks at most, and none on a server that does not know its address', async () => {
  for (let n = 0; n < 20; n++) await makeWebhook(boss, receiver.url)
  expect(await reasonOf(makeWebhook(boss, receiver.url))).toBe('webhook.too_many')
  const unknown = as(boss, { sending: { ...sending, from: undefined } })
  const input = { name: 'Mine', url: 'https://hooks.example/', entities: ['student' as const] }
  expect(await reasonOf(unknown.webhooks.create(input))).toBe('webhook.no_address')
})

test('a detached copy has no secrets: each webhook gets a new one before it sends', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await detach(db)
  await makeStudent()
  await dispatch()
  expect(receiver.received).toEqual([])
  expect(await reasonOf(administering(boss).webhooks.resume(await current(id)))).toBe('webhook.no_secret')
  const { secret } = await administering(boss).webhooks.rotate(await current(id))
  await makeStudent()
  await dispatch()
  expect(receiver.received.map((one) => isSigned(one, secret))).toEqual([true])
})

test('the history tells who changed what, and when it was disabled by itself', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  receiver.answers(410)
  await dispatch()
  await administering(boss).webhooks.replay({ ...(await current(id)), after: 0 })
  const { rows } = await as(boss).journal.list({ entity: 'webhook' })
  const told = rows.slice(0, 3).map(({ way, entries }) => [way, entries[0]?.fields.map(({ name }) => name)])
  expect(told).toEqual([
    ['screen', ['toldAfter']],
    ['cli', ['disabledBecause', 'state']],
    ['screen', ['entities', 'name', 'state', 'url']],
  ])
  expect((await as(registrar).journal.list({ entity: 'webhook' })).rows).toEqual([])
  expect(now).toBeInstanceOf(Date)
})
