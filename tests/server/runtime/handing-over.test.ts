/** What is kept of a request while it is passed on goes when that is done. */
import { readdirSync, readlinkSync } from 'node:fs'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { KeptBody } from '../../../server/handover/kept-body.ts'
import type { Passing } from '../../../server/handover/pass-on.ts'
import { handingOver } from '../../../server/runtime/handing-over.ts'
import type { AppOptions, HonoEnv } from '../../../server/runtime/http.ts'

const large = () => Readable.from([Buffer.alloc(100_000, 1), Buffer.alloc(100_000, 2)]) as never
const nameOf = (fd: string): string => {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return ''
  }
}
const keptFiles = () => readdirSync('/proc/self/fd').filter((fd) => nameOf(fd).includes('homeroom-body-'))

test.runIf(process.platform === 'linux')('a large body leaves no file open once its register has moved', async () => {
  let kept = 0
  const passOn = async ({ body }: Passing) => {
    for await (const part of body.all()) kept = Math.max(kept, part.length && keptFiles().length)
    return new Response('done')
  }
  const app = new Hono<HonoEnv>()
  app.use(async (c, next) => {
    c.set('notes', { requestId: 'request-1', procedures: [], reasons: [] })
    await next()
  })
  app.use(handingOver({ handover: { isNear: true, hasMoved: () => true, passOn } } as unknown as AppOptions))
  const answer = await app.request('/bundles', { method: 'POST' }, { incoming: large(), outgoing: {} as never })
  expect(await answer.text()).toBe('done')
  expect(kept).toBe(1)
  expect(keptFiles()).toEqual([])
})

test.runIf(process.platform === 'linux')('what comes after the answer is not kept', async () => {
  const body = new KeptBody(large())
  const parts = body.all()
  await parts.next()
  body.close()
  for await (const part of parts) expect(part).toHaveLength(100_000)
  expect(keptFiles()).toEqual([])
})
