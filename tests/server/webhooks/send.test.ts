import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Resolve } from '../../../server/webhooks/address.ts'
import { makePerson } from '../../setup/people.ts'
import { receive } from '../../setup/receiver.ts'
import { makeStudent, school } from '../../setup/school.ts'
import { administering, after, deliveryRow, dispatch, makeWebhook } from '../../setup/webhooks.ts'

const boss = await makePerson(school, 'administrator')
const receiver = await receive()
const other = await receive()
afterAll(async () => {
  await receiver.close()
  await other.close()
})
beforeEach(async () => {
  for (const { id, version } of (await administering(boss).webhooks.list()).rows)
    await administering(boss).webhooks.archive({ id, version })
  for (const one of [receiver, other]) {
    one.received.length = 0
    one.answers(204)
  }
})

const second = 1_000
const hour = 3_600 * second
const rowOf = async (id: string) => (await administering(boss).webhooks.list()).rows.find((row) => row.id === id)

/** A server looks every so often, from one moment to another. */
async function lookFrom(from: number, to: number, every: number) {
  const disabled: string[] = []
  for (let at = from; at <= to; at += every) disabled.push(...(await dispatch(after(at))).disabled)
  return disabled
}

test('a receiver that answers 500 for an hour gets everything afterwards, in order, under the same ids', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  for (let n = 0; n < 3; n++) await makeStudent()
  receiver.answers(500)
  await lookFrom(0, hour, 20 * second)
  const failed = receiver.received.splice(0)
  expect(failed.length, '5 s, 20 s, 80 s, 5 and 21 minutes after each other').toBe(6)
  expect(new Set(failed.map(({ headers, text }) => `${headers['webhook-id']} ${text}`)).size).toBe(1)
  expect(await rowOf(id)).toMatchObject({ state: 'on', lastStatus: 500, lastProblem: 'status' })
  receiver.answers(200)
  await lookFrom(hour, 3 * hour, 600 * second)
  expect(receiver.received).toHaveLength(3)
  expect(receiver.received[0]?.headers['webhook-id']).toBe(failed[0]?.headers['webhook-id'])
  expect(receiver.received[0]?.headers['webhook-timestamp']).not.toBe(failed[0]?.headers['webhook-timestamp'])
  expect(receiver.numbers()).toEqual(receiver.numbers().toSorted((a, b) => a - b))
  expect(await deliveryRow(id)).toMatchObject({ attempts: 0, failingSince: null, lastProblem: null })
})

test('after three days it is disabled, says why, and goes on where it ended once somebody resumes it', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  receiver.answers(503)
  expect(await lookFrom(0, 71 * hour, hour)).toEqual([])
  expect(await lookFrom(72 * hour, 77 * hour, hour)).toEqual(['failing'])
  const row = await rowOf(id)
  expect(row).toMatchObject({ state: 'disabled', disabledBecause: 'failing', lastStatus: 503 })
  const tried = receiver.received.length
  expect(tried, 'not more often than every four hours in the end').toBeLessThan(30)
  await dispatch(after(200 * hour))
  expect(receiver.received).toHaveLength(tried)
  receiver.answers(204)
  await administering(boss, after(201 * hour)).webhooks.resume({ id, version: row?.version ?? 0 })
  await dispatch(after(201 * hour))
  expect(receiver.received).toHaveLength(tried + 1)
  expect(await rowOf(id)).toMatchObject({ state: 'on', disabledBecause: null, failingSince: null })
})

test('410 disables it at once', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  receiver.answers(410)
  expect((await dispatch()).disabled).toEqual(['gone'])
  expect(await rowOf(id)).toMatchObject({ state: 'disabled', disabledBecause: 'gone', lastProblem: 'gone' })
})

test('a redirect is not followed', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  receiver.answers((_, response) => response.writeHead(307, { location: other.url }).end())
  await dispatch()
  expect(other.received).toEqual([])
  expect(await rowOf(id)).toMatchObject({ lastStatus: 307, lastProblem: 'redirect' })
})

test('a receiver that hangs fails alone, while another one is told', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeWebhook(boss, other.url)
  let hanging = 0
  receiver.answers(() => void hanging++)
  await makeStudent()
  await dispatch(after(0), { limitMs: 300 })
  expect(hanging).toBe(1)
  expect(other.received).toHaveLength(1)
  expect(await rowOf(id)).toMatchObject({ lastStatus: null, lastProblem: 'timeout' })
})

test('nobody there, and no such name', async () => {
  const { id } = await makeWebhook(boss, 'http://127.0.0.1:1024/')
  await makeStudent()
  await dispatch()
  expect(await rowOf(id)).toMatchObject({ lastStatus: null, lastProblem: 'no_connection' })
  const { id: named } = await makeWebhook(boss, 'https://nobody.example/')
  await makeStudent()
  const resolve: Resolve = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }))
  await dispatch(after(0), { resolve })
  expect(await rowOf(named)).toMatchObject({ lastProblem: 'no_such_host' })
})

test('a name whose addresses are not all public is not connected to', async () => {
  const port = new URL(receiver.url).port
  const { id } = await makeWebhook(boss, `https://hooks.example:${port}/`)
  await makeStudent()
  const both = [
    { address: '93.184.215.14', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ]
  await dispatch(after(0), { resolve: async () => both })
  expect(await rowOf(id)).toMatchObject({ lastStatus: null, lastProblem: 'private_address' })
})

test('the connection is made to the address that was looked at: another answer later changes nothing', async () => {
  const port = new URL(receiver.url).port
  let asked = 0
  const { id } = await makeWebhook(boss, `https://rebinding.example:${port}/`)
  await makeStudent()
  const resolve: Resolve = async () => [{ address: asked++ ? '127.0.0.1' : '240.0.0.1', family: 4 }]
  const hosts = new Set(['rebinding.example'])
  await dispatch(after(0), { resolve, limitMs: 500, sending: { from: 'https://register.school.example', hosts } })
  expect(asked).toBe(1)
  expect(receiver.received).toEqual([])
  expect((await rowOf(id))?.lastProblem).not.toBe(null)
})
