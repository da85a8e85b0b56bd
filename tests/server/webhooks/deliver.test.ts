import { afterAll, beforeEach, expect, test } from 'vitest'
import { makePerson, now } from '../../setup/people.ts'
import { isSigned, receive } from '../../setup/receiver.ts'
import { api, doing, enroll, makeClass, makeStudent, school } from '../../setup/school.ts'
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

test('what changes is told in order, signed, by ids and numbers alone', async () => {
  const { secret } = await makeWebhook(boss, receiver.url, ['student', 'enrollment'])
  const student = await makeStudent({ givenName: 'Zwetschge', familyName: 'Quillon' })
  const { id: classId } = await makeClass()
  await enroll(classId, [student.id])
  await dispatch()
  const [first, second] = receiver.received
  expect(receiver.received.map(({ body }) => body.type)).toEqual(['student.changed', 'enrollment.changed'])
  expect(first?.body).toEqual({
    type: 'student.changed',
    timestamp: now.toISOString(),
    data: {
      school: school.slug,
      number: expect.any(Number),
      entity: 'student',
      id: student.id,
      version: 1,
      deed: 'add',
    },
  })
  expect(second?.body.data.deed).toBe('enroll')
  for (const one of receiver.received) expect(isSigned(one, secret)).toBe(true)
  expect(first?.headers['webhook-timestamp']).toBe(String(now.getTime() / 1000))
  expect(receiver.received.map(({ text }) => text).join()).not.toMatch(/Zwetschge|Quillon/)
})

test('only the chosen kinds are told, and only what came after the webhook was made', async () => {
  await makeStudent()
  await makeWebhook(boss, receiver.url, ['room'])
  await makeStudent()
  await dispatch()
  await api().rooms.create({ name: 'B 12' })
  await dispatch()
  expect(receiver.received.map(({ body }) => body.type)).toEqual(['room.changed'])
})

test('the list tells the last answer, and how far the receiver is', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  await dispatch(after(5_000))
  const { rows, from } = await administering(boss).webhooks.list()
  const [row] = rows
  expect(row).toMatchObject({ id, state: 'on', lastStatus: 204, lastProblem: null, isSentHere: true })
  expect(row?.position).toBe(receiver.numbers()[0])
  expect(row?.lastAt).toBe(after(5_000).toISOString())
  expect(from).toBe('https://register.school.example')
})

test('250 changes come once each and in order, over one connection', async () => {
  await makeWebhook(boss, receiver.url)
  const items = Array.from({ length: 250 }, (_, index) => ({ givenName: 'Sam', familyName: `Many ${index}` }))
  await api().students.createMany({ items })
  const sockets = new Set<unknown>()
  receiver.answers((request, response) => {
    sockets.add(request.socket)
    response.writeHead(200).end('thanks')
  })
  await dispatch()
  const numbers = receiver.numbers()
  expect(numbers).toHaveLength(250)
  expect(numbers).toEqual(numbers.map((_, index) => Number(numbers[0]) + index))
  expect(sockets.size).toBe(1)
})

test('an answer that never ends counts by its status, and is not read', async () => {
  const { id } = await makeWebhook(boss, receiver.url)
  await makeStudent()
  receiver.answers((_, response) => {
    response.writeHead(200)
    const more = () => {
      if (!response.destroyed) response.write('x'.repeat(16_384), more)
    }
    more()
  })
  await dispatch()
  expect(await deliveryRow(id)).toMatchObject({ lastStatus: 200, lastProblem: null, attempts: 0 })
})

test('a person sends a test at once, which is signed too', async () => {
  const { id, secret } = await makeWebhook(boss, receiver.url)
  receiver.answers(418)
  expect(await administering(boss).webhooks.test({ id })).toMatchObject({ status: 418, problem: 'status' })
  const [message] = receiver.received
  expect(message?.body).toEqual({ type: 'webhook.test', timestamp: now.toISOString(), data: { school: school.slug } })
  expect(message && isSigned(message, secret)).toBe(true)
})

test('what an undone change wrote back is told too', async () => {
  await makeWebhook(boss, receiver.url)
  const key = await doing((who) => who.students.create({ givenName: 'Ida', familyName: 'Back' }))
  await api().journal.undo({ operationId: key })
  await dispatch()
  expect(receiver.received.map(({ body }) => body.data.deed)).toEqual(['add', 'undo'])
})
