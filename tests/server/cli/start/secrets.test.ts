/** A server's secrets come from its environment and stay there. */
import { afterAll, expect, test } from 'vitest'
import { signedIn } from '../../../setup/listener.ts'
import { db, makePerson, makeSchool } from '../../../setup/people.ts'
import { freePort } from '../../../setup/postgres.ts'
import { call, startServer } from '../../../setup/server.ts'

afterAll(() => db.close())

const canary = 'canary-of-the-secrets'
/** PostgreSQL's tests trust whoever comes, with any password. */
function withPassword(url = ''): string {
  if (!url.startsWith('postgres')) return url
  const given = new URL(url)
  given.password = canary
  return given.href
}

test('no secret of the environment is in the log, the metrics or on the page for operators', async () => {
  const school = await makeSchool()
  const { cookie } = await signedIn(await makePerson(school, 'administrator'))
  const port = await freePort()
  const DATABASE_URL = withPassword(process.env.DATABASE_URL)
  const server = await startServer({
    DATABASE_URL,
    LOG_HASH_KEY: canary,
    LOG_LEVEL: 'debug',
    METRICS_PORT: String(port),
  })
  const headers = { cookie, 'x-school': school.slug }
  const told = await (await call(server.url, 'system.get', { headers })).text()
  await call(server.url, 'session.create', { input: { email: 'nobody@school.example', password: canary } })
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  await server.stop()
  expect(JSON.parse(told).result.data).toBeTruthy()
  expect(metrics).toContain('homeroom_build_info')
  expect(server.output()).toContain('"event":"request"')
  for (const text of [told, metrics, server.output()]) expect(text).not.toContain(canary)
})
