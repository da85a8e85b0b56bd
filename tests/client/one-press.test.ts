/** What becomes of a button that is pressed twice: real clients, and a server that is played. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../setup/no-browser.ts'

const { apiOf } = await import('../../client/api.ts')

let sent: unknown[] = []
beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => {
  vi.useRealTimers()
  sent = []
})

const refusal = () => {
  const data = { code: 'CONFLICT', httpStatus: 409, error: { code: 'conflict', reason: 'room.name_taken' } }
  return Response.json({ error: { message: 'taken', code: -32009, data } }, { status: 409 })
}
const saved = () => Response.json({ result: { data: { id: sent.length } } })

/** Each call is answered after 20 ms. */
function answerWith(answer: () => Response): void {
  vi.stubGlobal('fetch', async (_: unknown, { body }: { body?: string } = {}) => {
    sent.push(JSON.parse(body ?? '{}'))
    const response = answer()
    await new Promise((resolve) => setTimeout(resolve, 20))
    return response
  })
}
const { trpc } = apiOf('school')
const create = (name: string) =>
  (trpc.rooms.create.mutationOptions().mutationFn as unknown as (input: object) => Promise<{ id: number }>)({ name })

test('the second of two presses gets the answer of the first, while it is under way and shortly after', async () => {
  answerWith(saved)
  const both = Promise.all([create('Hall'), create('Hall')])
  await vi.advanceTimersByTimeAsync(120)
  expect(await both).toEqual([{ id: 1 }, { id: 1 }])
  expect(await create('Hall')).toEqual({ id: 1 })
  expect(sent).toEqual([{ name: 'Hall' }])
})

test('the same is sent anew once the presses are apart, or something else was sent between them', async () => {
  answerWith(saved)
  const call = async (name: string) => {
    const answer = create(name)
    await vi.advanceTimersByTimeAsync(30)
    await answer
  }
  await call('Gym')
  await vi.advanceTimersByTimeAsync(600)
  await call('Gym')
  await call('Lab')
  await call('Gym')
  expect(sent).toEqual([{ name: 'Gym' }, { name: 'Gym' }, { name: 'Lab' }, { name: 'Gym' }])
})

test('what was refused is sent again at once when it is tried again', async () => {
  answerWith(refusal)
  const outcomes = [create('Pool'), create('Pool')].map((call) => call.catch((error: Error) => error.message))
  await vi.advanceTimersByTimeAsync(30)
  expect(await Promise.all(outcomes)).toEqual(['taken', 'taken'])
  answerWith(saved)
  const again = create('Pool')
  await vi.advanceTimersByTimeAsync(30)
  await again
  expect(sent).toEqual([{ name: 'Pool' }, { name: 'Pool' }])
})
