/** Rubbish is refused calmly: nothing a caller can send makes the server fail. `npm run test:reliability -- R9` sends more. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { anyInputs } from '../../setup/any-input.ts'
import { signedIn } from '../../setup/listener.ts'
import { db, makePerson, makeSchool } from '../../setup/people.ts'
import { rubbish, send } from '../../setup/rubbish.ts'
import { inputOf, procedures } from '../../setup/sample-input.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

let served: Served
let headers: Record<string, string>
let ids: string[]
beforeAll(async () => {
  const school = await makeSchool()
  const administrator = await makePerson(school, 'administrator')
  ids = [administrator.userId, newId()]
  headers = { 'x-school': school.slug, cookie: (await signedIn(administrator)).cookie }
  served = await serve(db)
})
afterAll(async () => {
  await served.close()
  await db.close()
})

test('three hundred requests that no browser would send get no answer of 500 or above, and none hangs', async () => {
  const port = Number(new URL(served.url).port)
  const all = rubbish(300, 9)
  const replies = await Promise.all(all.map((bytes) => send(port, bytes)))
  const bad = replies.flatMap(({ statuses, hangs }, n) =>
    hangs || statuses.some((status) => status >= 500) ? [[statuses, all[n]?.toString().slice(0, 300)]] : [],
  )
  expect(bad).toEqual([])
  expect(replies.filter(({ statuses }) => statuses.length).length).toBeGreaterThan(200)
})

/** What ends the session, or the account's rights, comes last. */
const last = /^(session|members|account)\./
const inOrder = procedures.toSorted(([a], [b]) => Number(last.test(a)) - Number(last.test(b)))

test('inputs nobody thought of, three for every procedure, are answered or refused', async () => {
  const bad: unknown[] = []
  for (const [path, procedure] of inOrder)
    for (const input of anyInputs(inputOf(procedure), ids, 3, 9)) {
      const answer = await call(served.url, path, { input, headers: { ...headers, 'idempotency-key': newId() } })
      if (answer.status >= 500)
        bad.push([path, answer.status, JSON.stringify(input)?.slice(0, 300), await answer.text()])
    }
  expect(bad).toEqual([])
})
