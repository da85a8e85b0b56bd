/** Three screens follow a school through random changes, cut connections and restarts: each ends with what the server has. */
import { setTimeout as sleep } from 'node:timers/promises'
import { asc, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { rooms } from '../../../db/schema/index.ts'
import { feedOf } from '../../../server/live/feed.ts'
import { Listener, signedIn } from '../../setup/listener.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'
import { cases } from '../../thorough.ts'

afterAll(() => db.close())

const screens = 3
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ verb: fc.constant('add' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ verb: fc.constant('rename' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('flood' as const) }) },
  { weight: 3, arbitrary: fc.record({ verb: fc.constant('cut' as const), screen: fc.nat(screens - 1) }) },
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('return' as const), screen: fc.nat(screens - 1) }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('restart' as const) }) },
  { weight: 3, arbitrary: fc.record({ verb: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 300 }) }) },
)

type At = () => { url: string; school: string; cookie: string }
type Read = () => Promise<{ id: string; name: string }[]>

/** What a screen shows: it reads all once, and from then on only what it is told of. */
class Screen {
  readonly shown = new Map<string, string>()
  #listener: Listener | undefined
  #lastEventId: string
  #reading: Promise<void> = Promise.resolve()
  readonly #at: At
  readonly #rooms: Read

  constructor(at: At, rooms: Read, number: number) {
    this.#at = at
    this.#rooms = rooms
    this.#lastEventId = String(number)
    this.#read(() => true)
  }

  #read(isWanted: (id: string) => boolean): void {
    this.#reading = this.#reading.then(async () => {
      for (const { id, name } of await this.#rooms()) if (isWanted(id)) this.shown.set(id, name)
    })
  }

  open(): void {
    if (this.#listener) return
    const listener = new Listener({ ...this.#at(), lastEventId: this.#lastEventId })
    listener.onNews = ({ resync, entries }) => {
      this.#lastEventId = listener.lastEventId ?? this.#lastEventId
      const ids = new Set(entries.map(({ id }) => id))
      if (resync || ids.size) this.#read((id) => resync || ids.has(id))
    }
    this.#listener = listener
  }

  async cut(): Promise<void> {
    await this.#listener?.cut()
    this.#listener = undefined
  }

  async settled(): Promise<ReadonlyMap<string, string>> {
    await this.#reading
    return this.shown
  }
}

test('whatever happens to the connections, every screen ends with what the register holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (acts) => {
      const school = await makeSchool('Followed')
      const registrar = await makePerson(school, 'registrar')
      const { cookie } = await signedIn(registrar)
      let served: Served = await serve(db)
      const at = () => ({ url: served.url, school: school.slug, cookie })
      const listed = () => as(registrar).rooms.list()
      const session = await as(registrar).session.get()
      const number = session.person?.schools[0]?.journalNumber ?? -1
      const following = Array.from({ length: screens }, () => new Screen(at, listed, number))
      for (const screen of following) screen.open()
      let named = 0
      const add = () => as(registrar).rooms.create({ name: `Room ${++named}` })
      try {
        for (const one of acts) {
          if (one.verb === 'add') for (let i = 0; i < one.count; i++) await add()
          else if (one.verb === 'flood') await as(registrar).rooms.createMany({ items: many(510) })
          else if (one.verb === 'rename') {
            const [room] = (await listed()).slice(one.which % 5)
            if (room) await as(registrar).rooms.update({ id: room.id, version: room.version, name: `Room ${++named}` })
          } else if (one.verb === 'cut') await following[one.screen]?.cut()
          else if (one.verb === 'return') following[one.screen]?.open()
          else if (one.verb === 'wait') await sleep(one.ms)
          else {
            await served.close()
            served = await serve(db)
            for (const screen of following) {
              await screen.cut()
              screen.open()
            }
          }
        }
        for (const screen of following) screen.open()
        const rows = await db
          .select({ id: rooms.id, name: rooms.name })
          .from(rooms)
          .where(eq(rooms.schoolId, school.id))
          .orderBy(asc(rooms.id))
        const held = rows.map(({ id, name }) => [id, name])
        for (const screen of following)
          await expect.poll(async () => [...(await screen.settled())].toSorted()).toEqual(held)
      } finally {
        for (const screen of following) await screen.cut()
        await served.close()
      }
    }),
    { numRuns: cases(2, 4) },
  )
  await expect.poll(() => feedOf(db).size).toBe(0)

  function many(count: number) {
    return Array.from({ length: count }, (_, index) => ({ name: `Flood ${Math.random()} ${index}` }))
  }
})
