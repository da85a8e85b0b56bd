import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { serve, temporaryFolder } from '../../setup/server.ts'

const script = 'export const greeting = "good morning"\n'.repeat(20)
const folder = temporaryFolder()
const clientFolder = join(folder.path, 'client')
let served: Served

beforeAll(async () => {
  mkdirSync(join(clientFolder, 'assets'), { recursive: true })
  const put = (name: string, content: string | Buffer) => writeFileSync(join(clientFolder, name), content)
  put('index.html', '<!doctype html><title>first deploy</title>')
  put('assets/main-abc.js', script)
  put('assets/main-abc.js.br', brotliCompressSync(script))
  put('assets/main-abc.js.gz', gzipSync(script))
  put('assets/plain-abc.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
  put('robots.txt', 'User-agent: *\n')
  put('.env', 'SECRET=canary')
  writeFileSync(join(folder.path, 'secret.txt'), 'canary')
  served = await serve(db, { clientFolder })
})
afterAll(async () => {
  await served.close()
  await db.close()
  folder.done()
})

/** The bytes as they were sent, at exactly this path. */
function send(path: string, accepted = '', method = 'GET') {
  return new Promise<{ head: string; body: Buffer }>((resolve, reject) => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part)).on('error', reject)
    socket.on('close', () => {
      const all = Buffer.concat(parts)
      const end = all.indexOf('\r\n\r\n')
      resolve({ head: all.subarray(0, end).toString('latin1'), body: all.subarray(end + 4) })
    })
    socket.write(
      `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nAccept-Encoding: ${accepted}\r\nConnection: close\r\n\r\n`,
      'latin1',
    )
  })
}

test.each([
  ['gzip, deflate, br', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
])('a browser that takes %s gets %s', async (accepted, encoding, unpack) => {
  const { head, body } = await send('/assets/main-abc.js', accepted)
  expect(head).toMatch(new RegExp(`^content-encoding: ${encoding}$`, 'im'))
  expect(head).toMatch(/^vary: accept-encoding/im)
  expect(head).toMatch(/^content-type: text\/javascript/im)
  expect(unpack(body).toString()).toBe(script)
})

test('a browser that takes no compression gets the file itself', async () => {
  for (const accepted of ['', 'identity', 'br;q=0, gzip;q=0']) {
    const { head, body } = await send('/assets/main-abc.js', accepted)
    expect(head).not.toMatch(/^content-encoding/im)
    expect(body.toString()).toBe(script)
  }
})

test('a question about a file gets its length and no content', async () => {
  const { head, body } = await send('/assets/main-abc.js', '', 'HEAD')
  expect(head).toMatch(new RegExp(`^content-length: ${script.length}$`, 'im'))
  expect(body).toHaveLength(0)
})

test('every address of the screens answers the page', async () => {
  for (const path of [
    '/',
    '/northgate/students?grade=7',
    '/sign-in',
    '/setup',
    '/northgate/students/0199-aa',
    '/Z%C3%BCrich/students',
  ])
    expect((await send(path)).body.toString(), path).toContain('first deploy')
  expect((await fetch(`${served.url}/northgate`, { method: 'HEAD' })).status).toBe(200)
})

test('a page of a new deploy is served at once', async () => {
  writeFileSync(join(clientFolder, 'index.html'), '<!doctype html><title>second deploy</title>')
  expect(await (await fetch(served.url)).text()).toContain('second deploy')
})

test('a script or picture that is not there is not a page', async () => {
  for (const path of [
    '/assets/main-old.js',
    '/assets/',
    '/assets',
    '/favicon.ico',
    '/logo.png',
    '/trpc',
    '/health/unknown',
    '/api/v2/students',
  ])
    expect((await send(path)).head, path).toMatch(/^HTTP\/1\.1 (404|405) /)
  const picture = await fetch(`${served.url}/northgate/photo`, { headers: { accept: 'image/*' } })
  expect(picture.status).toBe(404)
})

test('a page is only asked for', async () => {
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect((await fetch(`${served.url}/northgate/students`, { method })).status).toBe(404)
})

const ways = ['..', '%2e%2e', '%2E%2e', '..%2f', '..%5c', '%252e%252e', '..\\', '....//', '%00', '%c0%ae%c0%ae']
test('no path leads out of the folder, nor to a hidden file', async () => {
  const paths = ways.flatMap((way) => [
    `/${way}/secret.txt`,
    `/assets/${way}/${way}/secret.txt`,
    `/assets/${way}secret.txt`,
    `/assets/main-abc.js${way}`,
    `/assets/${way}/main-abc.js`,
  ])
  for (const path of [
    ...paths,
    '/.env',
    '/assets/.env',
    '/assets//main-abc.js',
    '/assets/main-abc.js.br',
    '/%2eenv',
    '/.git/config',
    '//secret.txt',
    '/assets/../.env',
  ]) {
    const { head, body } = await send(path)
    expect(body.toString(), path).not.toContain('canary')
    if (path.startsWith('/assets/') && !path.includes('..') && !/%2e/i.test(path))
      expect(head, path).toMatch(/^HTTP\/1\.1 40[04] /)
  }
})
