/** What becomes of a call that a server sends away: real clients, and a server that is played. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../../setup/no-browser.ts'

const { apiOf } = await import('../../../client/api.ts')
const { isSignedOut, uncover } = await import('../../../client/signed-out.ts')

interface Seen {
  at: number
  key: string | null
  isUnattended: boolean
}
let seen: Seen[] = []
beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => {
  vi.useRealTimers()
  seen = []
})

const refusal = (reason: string, status: number, headers: Record<string, string>) => {
  const data = { code: 'SERVICE_UNAVAILABLE', httpStatus: status, error: { code: 'unavailable', reason } }
  return Response.json({ error: { message: reason, code: -32000, data } }, { status, headers })
}
const saved = () => Response.json({ result: { data: {} } })
const busy = (seconds: string) => () => refusal('server.busy', 503, { 'retry-after': seconds })

/** Answers in this order; the last goes on for good. */
function answerWith(...answers: (() => Response)[]): void {
  vi.stubGlobal('fetch', async (_: unknown, init: { headers?: HeadersInit } = {}) => {
    if (!init.headers) return new Response(null, { status: 503 })
    const headers = new Headers(init.headers)
    seen.push({ at: Date.now(), key: headers.get('idempotency-key'), isUnattended: headers.has('x-unattended') })
    return (answers[Math.min(seen.length, answers.length) - 1] ?? saved)()
  })
}
const pauses = () => seen.slice(1).map(({ at }, index) => at - (seen[index]?.at ?? 0))
const { trpc, queryClient } = apiOf('school')
const mutation = (options: { mutationFn?: unknown }) => options.mutationFn as (input: object) => Promise<unknown>
const addRoom = () => mutation(trpc.rooms.create.mutationOptions())({ name: 'Room 1' })
const signIn = () => mutation(trpc.session.create.mutationOptions())({ email: 'a@b.example', password: 'long enough' })
const settled = async (call: Promise<unknown>) => {
  const outcome = call.then(
    () => 'saved',
    (error: Error) => error.message,
  )
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  return outcome
}

test('a call is sent again no sooner than the server wants it back, under the same key', async () => {
  answerWith(busy('3'), busy('1'), saved)
  expect(await settled(addRoom())).toBe('saved')
  const [first = 0, second = 0] = pauses()
  expect([first >= 3_000, first <= 4_500, second >= 1_000, second <= 1_500]).toEqual([true, true, true, true])
  expect(seen[0]?.key).toMatch(/^[0-9a-f-]{36}$/)
  expect(new Set(seen.map(({ key }) => key)).size).toBe(1)
})

test.each(['86400', 'Sat, 21 Nov 2026 10:00:00 GMT', ''])(
  'a server that says to come back after “%s” keeps nobody for long',
  async (told) => {
    answerWith(busy(told), saved)
    expect(await settled(addRoom())).toBe('saved')
    expect(pauses()[0]).toBeLessThanOrEqual(45_000)
  },
)

test('a server that goes on refusing is left after eight more tries, and its sentence is shown', async () => {
  answerWith(busy('1'))
  expect(await settled(addRoom())).toBe('server.busy')
  expect(seen.length).toBe(9)
})

test('a sign-in is sent again where nothing of it was begun, and not where it may have been', async () => {
  answerWith(busy('1'), saved)
  expect(await settled(signIn())).toBe('saved')
  seen = []
  answerWith(() => refusal('database.unavailable', 503, {}))
  expect(await settled(signIn())).toBe('database.unavailable')
  expect(seen.length).toBe(1)
})

test('what was refused for good is not sent again', async () => {
  answerWith(() => refusal('database.full', 507, {}))
  expect(await settled(addRoom())).toBe('database.full')
  expect(seen.length).toBe(1)
  queryClient.clear()
})

const ended = () => {
  const known = { code: 'unauthenticated', reason: 'session.missing' }
  const error = { message: 'ended', code: -32001, data: { code: 'UNAUTHORIZED', httpStatus: 401, error: known } }
  return Response.json({ error }, { status: 401 })
}
const quietly = { trpc: { context: { isQuiet: true } } }
const ask = () => queryClient.fetchQuery(trpc.students.duplicates.queryOptions())
const keepPresence = () => mutation(trpc.presences.keep.mutationOptions(quietly))({})
const inBatch = (answer: () => Response) => async () => Response.json([await answer().json()])

test.each([
  ['a question', ask, true],
  ['a change', addRoom, true],
  ['what nobody asked for', keepPresence, false],
])(
  '%s that finds the session ended covers the page, and is sent again once its person has signed in',
  async (_, send, isAgain) => {
    expect(isSignedOut()).toBe(false)
    vi.stubGlobal('fetch', async (url: string, init: { headers?: HeadersInit } = {}) => {
      seen.push({ at: Date.now(), key: new Headers(init.headers).get('idempotency-key'), isUnattended: false })
      const answer = seen.length === 1 ? ended : saved
      return url.includes('batch=1') ? inBatch(answer)() : answer()
    })
    const call = send().then(
      () => 'answered',
      () => 'refused',
    )
    await vi.advanceTimersByTimeAsync(60_000)
    expect([isSignedOut(), seen.length]).toEqual([true, 1])
    uncover()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await call).toBe(isAgain ? 'answered' : 'refused')
    expect(new Set(seen.map(({ key }) => key)).size).toBe(1)
    expect([isSignedOut(), seen.length]).toEqual([false, isAgain ? 2 : 1])
    queryClient.clear()
  },
)

test('a call that a page makes by itself, a minute after it was last touched, says so', async () => {
  const { touched } = await import('../../../client/activity.ts')
  answerWith(saved)
  touched()
  await vi.advanceTimersByTimeAsync(59_000)
  await addRoom()
  await vi.advanceTimersByTimeAsync(2_000)
  await addRoom()
  touched()
  // Two alike in one moment are one press too many.
  await vi.advanceTimersByTimeAsync(30_000)
  await addRoom()
  expect(seen.map(({ isUnattended }) => isUnattended)).toEqual([false, true, false])
  queryClient.clear()
})
