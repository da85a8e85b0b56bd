/** Which names the server answers by: a page whose own name points at it must not count as ours. */
import { request } from 'node:http'
import { afterAll, describe, expect, test } from 'vitest'
import type { AppOptions } from '../../../server/runtime/http.ts'
import { db } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'

afterAll(() => db.close())

/** Resolves with the status. `fetch` does not let a caller choose the host. */
const ask = (url: string, headers: Record<string, string>, path = '/trpc/session.get') =>
  new Promise<number | undefined>((resolve, reject) => {
    const method = path.startsWith('/trpc/') ? 'POST' : 'GET'
    const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
    const sent = request(url + path, { method, headers: { ...json, origin: `http://${headers.host}`, ...headers } })
    sent.on('response', (answer) => resolve(answer.resume().statusCode)).on('error', reject)
    sent.end(method === 'POST' ? '{}' : undefined)
  })

async function serving(config: Partial<AppOptions['config']>, use: (served: Served) => Promise<void>) {
  const served = await serve(db, { config })
  await use(served)
  await served.close()
}
const warnings = ({ lines }: Served) => lines.filter((line) => line.includes('"server.unnamed"'))

const publicUrl = 'https://register.school.example'
const known = [
  'register.school.example',
  'Register.School.Example:443',
  'register.school.example.',
  'localhost:3000',
  'app.localhost',
  '127.0.0.1:3000',
  '[::1]:3000',
  '192.0.2.7',
  '[2001:db8::7]:8080',
]
const unknown = [
  'evil.example:3000',
  'evil-register.school.example',
  'register.school.example.evil.example',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'register',
  '2130706433.evil.example',
]

test('other names of the server are answered when they are said, as a whole', () =>
  serving({ host: '0.0.0.0', publicUrl, otherNames: ['homeroom---green.apps.example'] }, async (served) => {
    for (const host of ['homeroom---green.apps.example', 'register.school.example'])
      expect(await ask(served.url, { host, origin: `https://${host}` }), host).toBe(200)
    for (const host of ['apps.example', 'homeroom---blue.apps.example', 'homeroom---green.apps.example.evil.example'])
      expect(await ask(served.url, { host }), host).toBe(421)
  }))

describe('a server that knows its name', () => {
  const config = { host: '0.0.0.0', publicUrl }
  test('answers by it, by loopback names and by addresses, and by no other', () =>
    serving(config, async (served) => {
      for (const host of known) expect(await ask(served.url, { host, origin: publicUrl }), host).toBe(200)
      for (const host of unknown)
        for (const path of ['/trpc/session.get', '/trpc/live.changes', '/', '/.well-known/security.txt'])
          expect(await ask(served.url, { host }, path), host + path).toBe(421)
      expect(warnings(served)).toEqual([])
      expect(served.lines.join('')).not.toContain('evil')
    }))

  test('is asked for its health by any name', () =>
    serving(config, async ({ url }) => {
      for (const path of ['/health/ready', '/health/live', '/health/startup'])
        expect(await ask(url, { host: 'homeroom' }, path)).toBe(200)
      expect(await ask(url, { host: 'homeroom' }, '/health/../trpc/session.get')).toBe(421)
    }))

  test('behind a proxy, the name that people typed counts, and nothing that a browser wrote', () =>
    serving({ ...config, trustProxy: 1 }, async ({ url }) => {
      const forwarded = (name: string) => ask(url, { host: 'homeroom-1', origin: publicUrl, 'x-forwarded-host': name })
      expect(await forwarded('register.school.example')).toBe(200)
      expect(await forwarded('register.school.example, evil.example')).toBe(421)
    }))
  test('without one, a forwarded name does not count', () =>
    serving(config, async ({ url }) =>
      expect(await ask(url, { host: 'evil.example', 'x-forwarded-host': 'register.school.example' })).toBe(421),
    ))
})

describe('a server that nobody has given a name', () => {
  test('answers by every name when it listens beyond this machine, and warns once', () =>
    serving({ host: '0.0.0.0' }, async (served) => {
      for (const host of ['127.0.0.1', 'register.lan:3000', 'evil.example', 'register.lan'])
        expect(await ask(served.url, { host })).toBe(200)
      expect(warnings(served)).toHaveLength(1)
    }))

  test('does so behind a proxy, too', () =>
    serving({ trustProxy: 1 }, async (served) => {
      expect(await ask(served.url, { host: 'register.school.example' })).toBe(200)
      expect(warnings(served)).toHaveLength(1)
    }))

  test.each(['127.0.0.1', '::1', 'localhost'])('at %s it is for this machine alone', (host) =>
    serving({ host }, async (served) => {
      for (const name of ['localhost:4555', '127.0.0.1', '[::1]'])
        expect(await ask(served.url, { host: name })).toBe(200)
      for (const name of unknown) expect(await ask(served.url, { host: name }), name).toBe(421)
      expect(warnings(served)).toEqual([])
    }),
  )
})
