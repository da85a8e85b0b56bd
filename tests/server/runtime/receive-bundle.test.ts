/** A bundle comes by a route of its own, which asks the same as a procedure. */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noSchool } from '../../../db/database.ts'
import { newId } from '../../../db/kit.ts'
import { imports } from '../../../db/schema/index.ts'
import { roles } from '../../../db/values.ts'
import { startSession } from '../../../server/auth/sessions.ts'
import { largestUpload } from '../../../server/imports/input.ts'
import { installationId } from '../../../server/runtime/installation.ts'
import { as, db, makePerson, now } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'
import type { Office } from '../imports/brought.ts'
import { bundleOf, office, work } from '../imports/brought.ts'
import { zipOf } from '../oneroster/bundle.ts'

let served: Served
let who: Office
let zip: Buffer
beforeAll(async () => {
  served = await serve(db, { now: () => now })
  who = await office('Route School')
  zip = readFileSync(zipOf(Object.entries(bundleOf('Route School', 'route'))))
})
afterAll(() => served.close())

async function cookieOf(userId: string): Promise<string> {
  const token = await db.transaction(noSchool, (tx) => startSession(tx, newId(), userId, now))
  return `homeroom-${await installationId(db)}=${token}`
}

async function send(headers: Record<string, string | undefined>, body: BodyInit = new Uint8Array(zip)) {
  const all = {
    origin: served.url,
    'content-type': 'application/zip',
    'x-file-name': encodeURIComponent('Schüler 2026.zip'),
    'x-school': who.school.slug,
    ...headers,
  }
  const given = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const response = await fetch(`${served.url}/import/bundle`, {
    method: 'POST',
    headers: Object.fromEntries(given),
    body,
  })
  return { status: response.status, answer: await response.json() }
}
const reasonOf = ({ status, answer }: Awaited<ReturnType<typeof send>>) =>
  `${status} ${answer.error?.message ?? 'taken'}`

test('administrators and registrars may bring a bundle, and nobody else', async () => {
  const outcomes: Record<string, string> = { nobody: reasonOf(await send({})) }
  for (const role of roles) {
    const { userId } = await makePerson(who.school, role)
    outcomes[role] = reasonOf(await send({ cookie: await cookieOf(userId) }))
  }
  expect(outcomes).toEqual({
    nobody: '401 session.missing',
    administrator: '200 taken',
    registrar: '200 taken',
    instructor: '403 permission.missing',
    viewer: '403 permission.missing',
  })
  const stranger = await office('Another School')
  expect(reasonOf(await send({ cookie: await cookieOf(stranger.person.userId) }))).toBe('404 school.not_found')
})

test('another site’s page brings nothing, whatever it sends', async () => {
  const cookie = await cookieOf(who.person.userId)
  for (const headers of [
    { origin: 'https://elsewhere.example' },
    { origin: undefined },
    { 'sec-fetch-site': 'cross-site' },
  ])
    expect(reasonOf(await send({ cookie, ...headers }))).toBe('403 origin.foreign')
  expect(reasonOf(await send({ cookie, 'content-type': 'text/plain' }))).toBe('415 unsupported_media_type')
  const read = await fetch(`${served.url}/import/bundle`, { headers: { cookie } })
  expect(read.status).toBe(405)
})

test('a zip is refused before it is read when it says that it is too large, and when it becomes so', async () => {
  const cookie = await cookieOf(who.person.userId)
  const part = new Uint8Array(1_000_000)
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += part.length
      controller.enqueue(part)
    },
  })
  const response = await fetch(`${served.url}/import/bundle`, {
    method: 'POST',
    headers: { origin: served.url, 'content-type': 'application/zip', 'x-school': who.school.slug, cookie },
    body: endless,
    duplex: 'half',
  } as RequestInit)
  expect(response.status).toBe(413)
  expect((await response.json()).error.data.error).toMatchObject({ reason: 'import.too_large' })
  expect(sent).toBeLessThan(largestUpload + 20_000_000)
})

test('what is sent becomes an import under the name of its file, and the log says nothing of what is in it', async () => {
  const { answer } = await send({ cookie: await cookieOf(who.person.userId) })
  expect(await as(who.person).imports.get({ id: answer.id })).toMatchObject({ name: 'Schüler 2026.zip' })
  await work()
  expect(served.lines.join('')).not.toMatch(/Amara|Abara|amara@school/)
})

test('a name that nobody can see or store, and one that is too long, are taken as far as they go', async () => {
  const cookie = await cookieOf((await makePerson(who.school, 'registrar')).userId)
  const names = ['a%00b%1b%5B2J.zip', encodeURIComponent(`${'a'.repeat(254)}😀😀`), '%E0%A4%A', '%00']
  const taken: string[] = []
  for (const name of names) {
    const { answer } = await send({ cookie, 'x-file-name': name })
    const [row] = await db.select({ name: imports.name }).from(imports).where(eq(imports.id, answer.id))
    taken.push(row?.name ?? '')
  }
  expect(taken).toEqual(['ab[2J.zip', `${'a'.repeat(254)}😀`, 'bundle.zip', 'bundle.zip'])
})

test('a connection that is cut in the middle leaves nothing, and is no failure of the server', async () => {
  const person = await makePerson(who.school, 'registrar')
  const { hostname, port } = new URL(served.url)
  const socket = connect(Number(port), hostname)
  const head = {
    host: `${hostname}:${port}`,
    origin: served.url,
    'content-type': 'application/zip',
    'x-school': who.school.slug,
    cookie: await cookieOf(person.userId),
    'transfer-encoding': 'chunked',
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`POST /import/bundle HTTP/1.1\r\n${lines.join('')}\r\n64\r\n`)
  socket.write(zip.subarray(0, 100))
  const own = () => db.select().from(imports).where(eq(imports.userId, person.userId))
  await expect.poll(async () => (await own()).length).toBe(1)
  const before = served.lines.length
  socket.destroy()
  await expect.poll(own).toEqual([])
  await expect.poll(() => served.lines.slice(before).join('')).toContain('/import/bundle')
  expect(served.lines.slice(before).join('')).not.toContain('unforeseen')
})

test('where the folder for temporary files takes nothing, whoever sends is told so, and the log names the folder', async () => {
  const cookie = await cookieOf((await makePerson(who.school, 'registrar')).userId)
  const { TMPDIR } = process.env
  const before = served.lines.length
  try {
    process.env.TMPDIR = '/dev/null'
    expect(reasonOf(await send({ cookie }))).toBe('507 database.full')
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
  expect(served.lines.slice(before).join('')).toContain('(TMPDIR) is full or may not be written')
})
