/** What the answer of a mutation says it changed, over a real connection. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { idsAtMost } from '../../../server/runtime/changed-header.ts'
import { signedIn } from '../../setup/listener.ts'
import { db, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import type { Served } from '../../setup/server.ts'
import { call, serve } from '../../setup/server.ts'

const school = await makeSchool('Named')
const registrar = await makePerson(school, 'registrar')
const { studentId, classId } = await makeRecords(school)
let served: Served
let cookie: string
beforeAll(async () => {
  served = await serve(db)
  cookie = (await signedIn(registrar)).cookie
})
afterAll(async () => {
  await served.close()
  await db.close()
})

async function mutate(procedure: string, input: object, key = newId()) {
  const headers = { cookie: `${cookie}`, 'x-school': school.slug, 'idempotency-key': key }
  const answer = await call(served.url, procedure, { input, headers })
  const { result } = (await answer.json()) as { result?: { data: { id: string } } }
  return { status: answer.status, changed: answer.headers.get('x-changed'), data: result?.data }
}

test('an answer names each record that was changed, and its repetition names the same', async () => {
  const key = newId()
  const address = { kind: 'local', street: null, city: 'Ames', region: null, postalCode: null, country: null }
  const input = { givenName: 'Ada', familyName: 'Okafor', addresses: [address] }
  const first = await mutate('students.create', input, key)
  expect(first.status).toBe(200)
  expect(first.changed?.split(',')).toEqual([
    `student:${first.data?.id}`,
    expect.stringMatching(/^studentAddress:[0-9a-f-]{36}$/),
  ])
  expect(await mutate('students.create', input, key)).toEqual(first)
})

test('of very many it names the kinds alone', async () => {
  const items = Array.from({ length: idsAtMost + 1 }, (_, n) => ({ givenName: `Number ${n}`, familyName: 'Many' }))
  expect((await mutate('students.createMany', { items })).changed).toBe('student')
  const few = await mutate('students.createMany', { items: items.slice(0, idsAtMost) })
  expect(few.changed?.split(',')).toHaveLength(idsAtMost)
  expect(few.changed?.length).toBeLessThan(2_048)
})

test('who moves up because somebody leaves is named too', async () => {
  await mutate('classes.update', { id: classId, version: 1, capacity: 1 })
  const { data } = await mutate('students.create', { givenName: 'Wilma', familyName: 'Waiting' })
  await mutate('classes.enroll', { classId, studentIds: [data?.id], waitlist: true })
  const left = await mutate('students.archive', { id: studentId, version: 1, standing: 'end' })
  expect(left.changed?.match(/\benrollment:/g)).toHaveLength(2)
})

test('what changes nothing says so, and what was refused says nothing', async () => {
  const { data } = await mutate('rooms.create', { name: 'Lab' })
  const { changed } = await mutate('rooms.update', { id: data?.id, version: 1, name: 'Lab' })
  expect(changed).toBe('none')
  const refused = await mutate('rooms.create', { name: 'Lab' })
  expect(refused).toMatchObject({ status: 409, changed: null })
})
