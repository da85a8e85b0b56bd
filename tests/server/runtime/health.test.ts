import { expect, test } from 'vitest'
import { open } from '../../../db/open.ts'
import { serve } from '../../setup/server.ts'

test('a server whose database is gone is alive and not ready', async () => {
  const db = await open()
  const served = await serve(db)
  expect((await fetch(`${served.url}/health/ready`)).status).toBe(200)
  await db.close()
  const ready = await fetch(`${served.url}/health/ready`)
  expect(ready.status).toBe(503)
  expect(ready.headers.get('retry-after')).toBe('5')
  expect((await fetch(`${served.url}/health/live`)).status).toBe(200)
  expect((await fetch(`${served.url}/health/startup`)).status).toBe(200)
  await served.close()
})

test('a server that is about to stop is alive and not ready', async () => {
  const db = await open()
  const served = await serve(db, { isDraining: () => true })
  const ready = await fetch(`${served.url}/health/ready`)
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'draining' }])
  await served.close()
  await db.close()
})
