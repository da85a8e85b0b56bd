/** What asks again after which change: the client's own cache and links before a server that is played. */
import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

vi.stubGlobal('window', Object.assign(new EventTarget(), { location: new URL('http://register.example/') }))
vi.stubGlobal('navigator', { onLine: true })
vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('__APP_VERSION__', 'dev')
vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }))
vi.stubGlobal('addEventListener', () => undefined)
const { apiOf } = await import('../../../client/api.ts')
const { isLeftToAnswer, refreshed } = await import('../../../client/refresh/link.ts')
const { refresh } = await import('../../../client/refresh/refresh.ts')

const api = apiOf('school')
const { trpc, queryClient } = api
const [ada, bo] = ['01890000-0000-7000-8000-00000000000a', '01890000-0000-7000-8000-00000000000b']

let asked: string[] = []
const keys: string[] = []
let mutation: () => Response | Promise<Response>
/** Resolves when queries are answered. */
let gate: Promise<void>
let answers: Record<string, unknown>

const data = (value: unknown) => ({ result: { data: value } })
const saved = (value: unknown, changed?: string) => () =>
  Response.json(data(value), { headers: changed === undefined ? {} : { 'x-changed': changed } })
const refusal = (code: string, reason: string, status: number) => () =>
  Response.json({ error: { message: reason, code: 1, data: { error: { code, reason } } } }, { status })

vi.stubGlobal('fetch', async (path: string, { headers, body }: { headers: HeadersInit; body: string }) => {
  const key = new Headers(headers).get('idempotency-key')
  if (key) {
    keys.push(key)
    return mutation()
  }
  const [, names = ''] = /\/trpc\/([^?]+)/.exec(path) ?? []
  const inputs = JSON.parse(body) as Record<string, { id?: string; cursor?: unknown }>
  const all = names.split(',').map((name, index) => {
    asked.push(name)
    const value = answers[`${name} ${inputs[index]?.id}`] ?? answers[name] ?? []
    return data(typeof value === 'function' ? value(inputs[index]) : value)
  })
  await gate
  return Response.json(all)
})

const open: (() => void)[] = []
type Options = ConstructorParameters<typeof QueryObserver>[1]
/** Puts it on the screen; answers what takes it off. */
function show(options: unknown): () => void {
  const off = new QueryObserver(queryClient, options as Options).subscribe(() => undefined)
  open.push(off)
  return off
}
const settled = async () => {
  await refreshed(api)
  await vi.waitFor(() => expect(queryClient.isFetching()).toBe(0))
}
type Change = { mutationFn?: unknown }
const run = ({ mutationFn }: Change, input: object) => (mutationFn as (input: object) => Promise<unknown>)(input)
let added = 0
/** Another one each time: the same one at once would be the second press of a double click. */
const addRoom = () => run(trpc.rooms.create.mutationOptions(), { name: `Lab ${++added}` })
/** What is asked again because of this. */
async function askedAfter(change: () => Promise<unknown>): Promise<string[]> {
  await settled()
  asked = []
  await change().catch(() => undefined)
  await settled()
  return asked.toSorted()
}

beforeEach(() => {
  gate = Promise.resolve()
  answers = {}
  mutation = saved({})
})
afterEach(() => {
  for (const off of open.splice(0)) off()
  queryClient.clear()
})

test('only what shows the changed records asks again', async () => {
  show(trpc.rooms.list.queryOptions({}))
  show(trpc.students.get.queryOptions({ id: ada }))
  show(trpc.meetings.list.queryOptions({ classId: ada }))
  mutation = saved({ id: bo }, `room:${bo}`)
  expect(await askedAfter(addRoom)).toEqual(['meetings.list', 'rooms.list'])
  mutation = saved({ id: bo }, 'none')
  expect(await askedAfter(addRoom)).toEqual([])
})

test('the page of one record is left alone by another of its kind, unless nobody says which it was', async () => {
  show(trpc.rooms.get.queryOptions({ id: ada }))
  expect(await askedAfter(() => refresh(api, [{ entity: 'room', id: bo }]))).toEqual([])
  expect(await askedAfter(() => refresh(api, [{ entity: 'room', id: ada }]))).toEqual(['rooms.get'])
  expect(await askedAfter(() => refresh(api, [{ entity: 'room' }]))).toEqual(['rooms.get'])
  expect(await askedAfter(() => refresh(api, [{ entity: 'class', id: bo }]))).toEqual(['rooms.get'])
})

test('a term that shows the title of its year asks again when the year is renamed', async () => {
  show(trpc.academicSessions.get.queryOptions({ id: ada }))
  const renamed = [{ entity: 'academicSession', id: bo }] as const
  expect(await askedAfter(() => refresh(api, renamed))).toEqual(['academicSessions.get'])
})

test.each<[why: string, changed?: string]>([
  ['a server of the release before says nothing'],
  ['a newer one names a kind nobody knows', 'house:1'],
])('everything on the screen asks again where %s', async (...[, changed]) => {
  show(trpc.rooms.list.queryOptions({}))
  show(trpc.savedViews.list.queryOptions({ place: 'students' }))
  mutation = saved({ id: bo }, changed)
  expect(await askedAfter(addRoom)).toEqual(['rooms.list', 'savedViews.list'])
})

test('what was asked before the change and is answered after it is asked once more', async () => {
  let answer = () => {}
  gate = new Promise((resolve) => {
    answer = resolve
  })
  answers['rooms.list'] = ['as before']
  show(trpc.rooms.list.queryOptions({}))
  // It is no longer on the screen when the answer comes.
  show(trpc.rooms.get.queryOptions({ id: ada }))()
  await vi.waitFor(() => expect(asked).toContain('rooms.get'))
  mutation = saved({ id: bo }, `room:${bo},class:${bo}`)
  await addRoom()
  answers['rooms.list'] = ['as after']
  answer()
  await settled()
  await vi.waitFor(() => expect(queryClient.getQueryData(trpc.rooms.list.queryKey({}))).toEqual(['as after']))
  const page = queryClient.getQueryState(trpc.rooms.get.queryKey({ id: ada }))
  expect(page).toMatchObject({ status: 'success', isInvalidated: true })
})

test('a refusal because the screen is behind the register asks again; a question does not', async () => {
  show(trpc.rooms.list.queryOptions({}))
  for (const [code, reason, status] of [
    ['stale', 'room.stale', 409],
    ['not_found', 'room.not_found', 404],
    ['conflict', 'class.full', 409],
  ] as const) {
    mutation = refusal(code, reason, status)
    expect(await askedAfter(addRoom), reason).toEqual(['rooms.list'])
  }
  mutation = refusal('conflict', 'record.in_use', 409)
  expect(await askedAfter(addRoom)).toEqual([])
  mutation = refusal('invalid', 'input.invalid', 400)
  expect(await askedAfter(addRoom)).toEqual([])
})

test('news of a change made here is left to its answer, and brought in where the answer never comes', async () => {
  show(trpc.rooms.list.queryOptions({}))
  const change = { entity: 'room', id: bo } as const
  const isLeft = () => isLeftToAnswer(keys.at(-1) ?? '', change)
  mutation = saved({ id: bo }, `room:${bo}`)
  expect(await askedAfter(addRoom)).toEqual(['rooms.list'])
  expect(isLeft()).toBe(true)
  mutation = refusal('unavailable', 'database.full', 507)
  expect(await askedAfter(addRoom)).toEqual([])
  expect(isLeft()).toBe(false)
  mutation = () => {
    expect(isLeft()).toBe(true)
    return refusal('unavailable', 'database.full', 507)()
  }
  expect(await askedAfter(addRoom)).toEqual(['rooms.list'])
})

test('who is looking at a record asks for nothing, and an ended session for the sessions', async () => {
  show(trpc.rooms.list.queryOptions({}))
  show(trpc.session.list.queryOptions())
  const keep = () => run(trpc.presences.keep.mutationOptions(), { entity: 'student', entityId: ada })
  expect(await askedAfter(keep)).toEqual([])
  const revoke = () => run(trpc.session.revoke.mutationOptions(), { sessionId: ada })
  expect(await askedAfter(revoke)).toEqual(['session.list'])
})

const row = (id: string, more: object = {}) => ({ id, version: 1, givenName: 'Ada', archivedAt: null, ...more })
const list = { getNextPageParam: ({ next }: { next: unknown }) => next as never, initialCursor: null }
const listOptions = () => trpc.students.list.infiniteQueryOptions({}, { ...list, staleTime: Number.POSITIVE_INFINITY })
/** A list of students that somebody has scrolled down to its seventh page; Ada is on the first. */
async function scrolledList(): Promise<() => void> {
  answers['students.list'] = ({ cursor }: { cursor?: { name: string } | null }) => {
    const page = Number(cursor?.name ?? 0)
    const next = { key: '', name: String(page + 1), id: bo }
    return { rows: [row(page === 0 ? ada : `row ${page}`)], next: page < 6 ? next : null }
  }
  const observer = new InfiniteQueryObserver(queryClient, listOptions() as never)
  const off = observer.subscribe(() => undefined)
  open.push(off)
  await settled()
  for (let page = 0; page < 6; page++) await observer.fetchNextPage()
  return off
}
const shownRows = () => queryClient.getQueryData(listOptions().queryKey)?.pages.flatMap(({ rows }) => rows)

test('in a list scrolled far down a student is corrected, and leaves it, without its pages being asked for', async () => {
  await scrolledList()
  mutation = saved(row(ada, { version: 2, givenName: 'Adah' }), `student:${ada}`)
  const update = () => run(trpc.students.update.mutationOptions(), { id: ada, version: 1, givenName: 'Adah' })
  queryClient.setQueryData(trpc.students.get.queryKey({ id: ada }), row(ada) as never)
  expect(await askedAfter(update)).toEqual([])
  expect(shownRows()?.[0]).toMatchObject({ id: ada, givenName: 'Adah', version: 2 })
  answers[`students.get ${ada}`] = row(ada, { version: 3, givenName: 'Adeline' })
  expect(await askedAfter(() => refresh(api, [{ entity: 'student', id: ada }]))).toEqual(['students.get'])
  expect(shownRows()?.[0]).toMatchObject({ givenName: 'Adeline' })
  mutation = saved(row(ada, { version: 4, archivedAt: '2026-11-20T09:00:00.000Z' }), `student:${ada}`)
  const archive = () => run(trpc.students.archive.mutationOptions(), { id: ada, version: 3 })
  expect(await askedAfter(archive)).toEqual([])
  expect(shownRows()).toHaveLength(6)
})

test('who comes into a list scrolled far down has it asked for anew, now or when it is seen again', async () => {
  const off = await scrolledList()
  mutation = saved(row(bo), `student:${bo}`)
  const create = () => run(trpc.students.create.mutationOptions(), { givenName: 'Bo', familyName: 'New' })
  const pages = (names: string[]) => names.filter((name) => name === 'students.list').length
  expect(pages(await askedAfter(create))).toBe(7)
  mutation = saved({}, 'student')
  const createMany = () => run(trpc.students.createMany.mutationOptions(), { items: [{ number: ++added }] })
  expect(pages(await askedAfter(createMany))).toBe(7)
  off()
  expect(pages(await askedAfter(createMany))).toBe(0)
  expect(shownRows()).toBeUndefined()
})

test('what others do somewhere in the school has no list scrolled far down asked for', async () => {
  await scrolledList()
  const changes = [{ entity: 'student', id: bo } as const, { entity: 'enrollment', id: bo } as const]
  expect(await askedAfter(() => refresh(api, changes))).toEqual([])
})

test('of somebody erased nothing stays on screens that are not shown', async () => {
  show(trpc.students.list.queryOptions({}))()
  show(trpc.students.get.queryOptions({ id: ada }))
  await settled()
  mutation = saved(row(ada, { erasedAt: '2026-11-20T09:00:00.000Z' }), `student:${ada}`)
  await run(trpc.students.erase.mutationOptions(), { id: ada, version: 1, confirm: 'Ada' })
  expect(queryClient.getQueryData(trpc.students.list.queryKey({}))).toBeUndefined()
  expect(queryClient.getQueryData(trpc.students.get.queryKey({ id: ada }))).toMatchObject({ id: ada })
})
