/** The programs of docs/api.md, run as programs of their own against a server. */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { School } from '../../../server/context.ts'
import type { Log } from '../../../server/runtime/logging.ts'
import { keepWebhooks } from '../../../server/runtime/sending-webhooks.ts'
import type { Person } from '../../../server/trpc.ts'
import { tokenOf } from '../../setup/api.ts'
import { endWithUs } from '../../setup/end-with-us.ts'
import { as, db, makePerson, makeSchool, sending } from '../../setup/people.ts'
import { freePort } from '../../setup/postgres.ts'
import type { Served } from '../../setup/server.ts'
import { serve, temporaryFolder } from '../../setup/server.ts'

const root = join(import.meta.dirname, '../../..')
const guide = readFileSync(join(root, 'docs/api.md'), 'utf8')
const folder = temporaryFolder()
let served: Served
let school: School
let registrar: Person
let classId: string
beforeAll(async () => {
  const at = new Date()
  school = await makeSchool('Northgate', at)
  registrar = await makePerson(school, 'registrar', null, at)
  served = await serve(db)
  classId = (await as(registrar, { now: at }).classes.create({ title: 'Biology 10A' })).id
})
afterAll(async () => {
  folder.done()
  await served.close()
  await db.close()
})

/** Writes the program of this name out of the guide. */
function written(name: string): string {
  const [, text = ''] = guide.match(new RegExp(`\`\`\`\\w+ ${name}\n(.*?)\n\`\`\``, 's')) ?? []
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}

function start(command: string, args: string[], token: string, more: Record<string, string> = {}) {
  const env = { ...process.env, ...more, HOMEROOM_URL: served.url, HOMEROOM_TOKEN: token }
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  endWithUs(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part
    })
  return { child, said: () => said, ended: new Promise<number | null>((resolve) => child.once('close', resolve)) }
}

const enroll = async (familyName: string) => {
  const student = await as(registrar, { now: new Date() }).students.create({ givenName: 'Sam', familyName })
  await as(registrar, { now: new Date() }).classes.enroll({ classId, studentIds: [student.id] })
  return student.id
}
const tokenNow = (scopes: Parameters<typeof tokenOf>[1]) =>
  tokenOf({ ...registrar, signedInAt: new Date() }, scopes, new Date())

test('the script in TypeScript lists a class, and hears of a withdrawal', async () => {
  const studentId = await enroll('Quill')
  const token = await tokenNow(['class.read', 'student.read', 'journal.read'])
  const args = ['--import', 'tsx', written('class-list.mts'), 'Biology 10A', '--follow']
  const script = start(process.execPath, args, token)
  await expect.poll(script.said, { timeout: 30_000 }).toContain('Sam Quill: enrolled')
  const [seat] = await as(registrar).enrollments.list({ studentId })
  const seen = { id: seat?.id ?? '', version: seat?.version ?? 0 }
  await as(registrar, { now: new Date() }).enrollments.withdraw({ ...seen, reason: 'moved' })
  await expect.poll(script.said, { timeout: 10_000 }).toContain('Sam Quill: withdrawn')
  script.child.kill()
  await script.ended
})

test('the receiver takes what is signed, says so within two seconds, and refuses the rest', async () => {
  const at = new Date()
  const boss = await makePerson(school, 'administrator', null, at)
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}/`
  const ask = () => as(boss, { now: new Date() }).webhooks
  const { id, secret } = await ask().create({ name: 'Script', url, entities: ['enrollment'] })
  const args = ['--import', 'tsx', written('receiver.mts')]
  const script = start(process.execPath, args, '', { WEBHOOK_SECRET: secret, PORT: port })
  await expect.poll(script.said, { timeout: 30_000 }).toContain('The receiver waits')
  const log = { warn: () => undefined, error: () => undefined } as unknown as Log
  const stop = keepWebhooks(db, { sending, log, isDraining: () => false })
  await ask().test({ id })
  await enroll('Told')
  await expect.poll(script.said, { timeout: 2_000 }).toMatch(/webhook\.test\s+enrollment\.changed \S+ enroll/)
  const forged = { 'webhook-id': '1', 'webhook-timestamp': String(Date.now() / 1000), 'webhook-signature': 'v1,AAAA' }
  expect((await fetch(url, { method: 'POST', headers: forged, body: '{}' })).status).toBe(401)
  await stop()
  script.child.kill()
  await script.ended
})

test('a script whose token lacks a scope says why it ended', async () => {
  const token = await tokenNow(['class.read'])
  const script = start(process.execPath, ['--import', 'tsx', written('class-list.mts'), 'Biology 10A'], token)
  expect(await script.ended).not.toBe(0)
  expect(script.said()).toContain('permission.missing')
})

test('the commands with curl add a student once, and correct her', async () => {
  const token = await tokenNow(['student.read', 'student.write'])
  const script = start('sh', [written('add-student.sh')], token)
  expect(await script.ended, script.said()).toBe(0)
  expect(JSON.parse(script.said())).toMatchObject({ familyName: 'Byron', preferredName: 'Addie', version: 2 })
  const again = start('sh', [written('add-student.sh')], token)
  expect(await again.ended, 'the second change names a version that is not the newest any more').not.toBe(0)
  expect(again.said()).toContain('412')
  expect((await as(registrar).students.list({ search: 'Byron' })).rows).toHaveLength(1)
})

test('the commands with curl say which scope is missing', async () => {
  const script = start('sh', [written('add-student.sh')], await tokenNow(['student.read']))
  expect(await script.ended).not.toBe(0)
  expect(script.said()).toContain('permission.missing')
})
