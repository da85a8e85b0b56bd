/** A photo is asked for by its address alone, by a browser that shows a page. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { roles } from '../../../db/values.ts'
import { startSession } from '../../../server/auth/sessions.ts'
import { installationId } from '../../../server/runtime/installation.ts'
import { changeAccount } from '../../setup/accounts.ts'
import { db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { inBase64, jpeg } from '../../setup/pictures.ts'
import { api, makeStudent, registrar, school } from '../../setup/school.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'

const picture = jpeg()
let served: Served
let id: string
let hash: string
let version: number
beforeAll(async () => {
  served = await serve(db, { now: () => now })
  const student = await makeStudent()
  id = student.id
  hash = (await api().photos.upload({ studentId: id, content: inBase64(picture) })).hash
  version = (await api().photos.set({ id, version: student.version, photo: hash })).version
})
afterAll(() => served.close())

async function cookieOf(userId: string): Promise<string> {
  const token = await db.transaction(noSchool, (tx) => startSession(tx, newId(), userId, now))
  return `homeroom-${await installationId(db)}=${token}`
}
interface Asked extends RequestInit {
  slug?: string
  student?: string
  of?: string
}
async function show(userId: string | null, { slug = school.slug, student = id, of = hash, ...more }: Asked = {}) {
  const cookie = userId ? { cookie: await cookieOf(userId) } : {}
  return fetch(`${served.url}/photo/${slug}/${student}/${of}`, { ...more, headers: { ...cookie, ...more.headers } })
}

test('it comes as a picture that no page can run, and that stays in the browser alone', async () => {
  const answer = await show(registrar.userId)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=300',
  })
})

test('each role that may see the student sees it; nobody else is told that it is there', async () => {
  const found: Record<string, number> = { nobody: (await show(null)).status }
  for (const role of roles) found[role] = (await show((await makePerson(school, role)).userId)).status
  const elsewhere = await makeSchool('Southgate')
  const stranger = await makePerson(elsewhere, 'administrator')
  found.stranger = (await show(stranger.userId)).status
  found.strangerAtHome = (await show(stranger.userId, { slug: elsewhere.slug })).status
  expect(found).toEqual({
    ...{ nobody: 404, administrator: 200, registrar: 200, instructor: 404, viewer: 200 },
    ...{ stranger: 404, strangerAtHome: 404 },
  })
})

test('whose account is closed sees it no more, and another site’s page never does', async () => {
  const { userId } = await makePerson(school, 'viewer')
  expect((await show(userId, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
  await changeAccount(userId, { disabledAt: now })
  expect((await show(userId)).status).toBe(404)
})

test('nothing is at an address that is nearly one, and none changes anything', async () => {
  const { userId } = registrar
  for (const asked of [
    { of: hash.toUpperCase() },
    { of: hash.slice(1) },
    { student: 'x' },
    { student: newId() },
    { slug: '..' },
  ])
    expect((await show(userId, asked)).headers.get('content-type'), JSON.stringify(asked)).not.toBe('image/jpeg')
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect((await show(userId, { method })).headers.get('content-type')).not.toBe('image/jpeg')
  expect(await (await show(userId, { method: 'HEAD' })).text()).toBe('')
})

test('one that the student has no more is gone from its address, for whoever sees the next one too', async () => {
  const next = await api().photos.upload({ studentId: id, content: inBase64(jpeg({ seed: 2 })) })
  expect((await show(registrar.userId, { of: next.hash })).status).toBe(404)
  await api().photos.set({ id, version, photo: next.hash })
  expect([(await show(registrar.userId)).status, (await show(registrar.userId, { of: next.hash })).status]).toEqual([
    404, 200,
  ])
})
