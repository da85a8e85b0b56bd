/** People work on while their register goes from its file to PostgreSQL: real servers, and a mover that a test leads by the hand. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { on } from '../../db/move/query.ts'
import { visit } from '../../setup/over-http.ts'
import type { MovingSite } from './site.ts'
import { email, movingSite, password, school } from './site.ts'

let site: MovingSite
beforeEach(async () => {
  site = await movingSite()
})
afterEach(() => site.done())

const person = { email, password }
const room = (name: string) => ({ name })

test('writes that meet the fence are answered from PostgreSQL, and who is signed in stays so', async () => {
  const server = await site.start({ WORKERS: '2' })
  const ada = await visit(server.url, person, school)
  expect((await ada.ask('rooms.create', room('before'))).status).toBe(200)
  await site.mover.begin('compared', 'fenced')
  await site.mover.at('compared')
  await expect.poll(site.mover.ready).toBe(2)
  expect((await ada.ask('rooms.create', room('copied'))).status).toBe(200)
  site.mover.pass('compared')
  await site.mover.at('fenced')
  const held = Promise.all(['a', 'b', 'c'].map((name) => ada.ask('rooms.create', room(name))))
  const isAnswered = await Promise.race([held.then(() => true), sleep(300).then(() => false)])
  expect(isAnswered).toBe(false)
  site.mover.pass('fenced')
  expect((await held).map(({ status, reason }) => reason ?? status)).toEqual([200, 200, 200])
  const { answer } = await ada.ask<{ rows: { name: string }[] }>('rooms.list', {})
  expect(JSON.stringify(answer)).toContain('"b"')
  await server.untilSaid('"move.served"')
  expect((await ada.ask('rooms.create', room('after'))).status).toBe(200)
  const rows = await on<{ name: string }>(site.url, 'select name from rooms order by name')
  expect(rows.map(({ name }) => name)).toEqual(['a', 'after', 'b', 'before', 'c', 'copied'])
  expect(await server.stop()).toBe(0)
  expect(server.output()).not.toMatch(/"level":"(error|fatal)"/)
})
