import { afterAll, expect, test } from 'vitest'
import { Listener, signedIn } from '../../setup/listener.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { startServer } from '../../setup/server.ts'

afterAll(() => db.close())

test('a deploy breaks the streams instead of ending them, waits for none, and the next server tells what was missed', async () => {
  const school = await makeSchool('Deployed')
  const registrar = await makePerson(school, 'registrar')
  const { cookie } = await signedIn(registrar)
  const old = await startServer({ DRAIN_DEADLINE_MS: '600000' })
  const listener = new Listener({ url: old.url, school: school.slug, cookie })
  await listener.until(() => true)
  expect(await old.stop()).toBe(0)
  await listener.ended
  expect(listener.events).toEqual(['connected'])

  const { id } = await as(registrar).rooms.create({ name: 'Meanwhile' })
  const next = await startServer()
  try {
    const { lastEventId } = listener
    const again = new Listener({ url: next.url, school: school.slug, cookie, lastEventId })
    await again.until(({ entries }) => entries.some((entry) => entry.id === id))
  } finally {
    expect(await next.stop()).toBe(0)
  }
})
