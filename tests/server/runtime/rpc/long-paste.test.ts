/** As many students as are pasted at once, with all that is known of each: more than other calls may be long. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../../db/kit.ts'
import { journal } from '../../../../db/schema/index.ts'
import { pastedAtMost } from '../../../../server/records/input.ts'
import { largestBody } from '../../../../server/runtime/rpc.ts'
import { signedIn } from '../../../setup/listener.ts'
import { db, now } from '../../../setup/people.ts'
import { api, registrar, school, undo } from '../../../setup/school.ts'
import type { Served } from '../../../setup/server.ts'
import { call, serve } from '../../../setup/server.ts'

let served: Served
beforeAll(async () => {
  served = await serve(db, { now: () => now })
})
afterAll(() => served.close())

const address = {
  street: '1600 Hauptstraße Nordost, 3. Stock links',
  city: 'Frankfurt am Main',
  region: 'Hessen',
  postalCode: '60311',
  country: 'Deutschland',
}
const items = Array.from({ length: pastedAtMost }, (_, n) => ({
  ...{ givenName: `Maximilian ${n}`, middleName: 'Alexander Johannes', familyName: 'Longworth', preferredName: 'Max' },
  ...{ number: `L-${n}`, email: `maximilian.longworth.${n}@northgate.example`, birthDate: '2012-03-04' },
  ...{ gradeLevel: '07', status: 'active', isInternational: true, isCoop: false, beside: 0 },
  addresses: (['local', 'permanent'] as const).map((kind) => ({ kind, ...address })),
}))

test('three thousand students with both addresses are added whole by one call, and taken back as one', async () => {
  expect(JSON.stringify({ items }).length).toBeGreaterThan(1.5 * largestBody)
  const headers = async () => ({
    cookie: (await signedIn(registrar, now)).cookie,
    'x-school': school.slug,
    'idempotency-key': newId(),
  })
  const stranger = await call(served.url, 'students.createMany', { input: { items } }).catch(() => null)
  expect(stranger?.status ?? 401).toBe(401)
  const other = await call(served.url, 'students.updateMany', { input: { items }, headers: await headers() })
  expect(other.status).toBe(413)

  const added = await call(served.url, 'students.createMany', { input: { items }, headers: await headers() })
  expect(added.status).toBe(200)
  const { changed, operationId } = (await added.json()).result.data
  expect(changed).toBe(pastedAtMost)
  const entries = await db.$count(journal, eq(journal.operationId, operationId))
  expect(entries).toBe(3 * pastedAtMost)
  await undo(operationId)
  expect(await api().students.count({ search: 'longworth' })).toBe(0)
})
