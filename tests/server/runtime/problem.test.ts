import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { HonoEnv } from '../../../server/runtime/http.ts'
import type { Overload } from '../../../server/runtime/overload.ts'
import { inTurn } from '../../../server/runtime/overload.ts'

const crowded = { turn: async () => false } as unknown as Overload
const served = new Hono<HonoEnv>()
served.use(async (c, next) => {
  c.set('notes', { requestId: 'number 1', procedures: [], reasons: [] })
  await next()
})
served.all('*', inTurn(crowded), (c) => c.text('served'))

test('an app that is sent away from a crowded server is told so in its own form, and when to come back', async () => {
  const answer = await served.request('/api/v1/rooms')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json'])
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  const told = { type: 'about:blank', title: 'Service Unavailable', status: 503 }
  expect(await answer.json()).toEqual({ ...told, reason: 'server.busy', requestId: 'number 1' })
})

test('a screen that is sent away is told so in the form of its calls', async () => {
  const answer = await served.request('/trpc/rooms.list', { method: 'POST' })
  expect([answer.status, (await answer.json()).error.message]).toEqual([503, 'server.busy'])
})
