/**
 * A client of the register in a process of its own. It writes until the register has moved, and notes each write once it was
 * acknowledged: what it did last may have been kept without that.
 */
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../../../db/database.ts'
import { ConstraintError, UnavailableError } from '../../../../db/errors.ts'
import { newId } from '../../../../db/kit.ts'
import { open } from '../../../../db/open.ts'
import { rooms } from '../../../../db/schema/index.ts'
import { addRow, foreignKeysOf, schoolId, tables } from '../../any-row.ts'

const db = await open()
/** Of the rooms that are there: how often each was counted up, and its name. */
const own = new Map<string, { seats: number; name: string }>()
const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(Math.random() * all.length)]
const room = (id: string) => and(eq(rooms.schoolId, schoolId), eq(rooms.id, id))

/** What to write, and what is so once that is kept. */
interface Write {
  work(tx: Transaction): Promise<unknown>
  kept(): void
}

function adds(): Write {
  const [id, name] = [newId(), `room ${process.pid} ${newId()}`]
  return {
    work: (tx) => tx.insert(rooms).values({ schoolId, id, name, seats: 0 }),
    kept: () => void own.set(id, { seats: 0, name }),
  }
}
function counts(id: string): Write {
  return {
    work: (tx) =>
      tx
        .update(rooms)
        .set({ seats: sql`${rooms.seats} + 1` })
        .where(room(id)),
    kept: () => own.set(id, { ...mine(id), seats: mine(id).seats + 1 }),
  }
}
const mine = (id: string) => own.get(id) ?? { seats: 0, name: '' }

/** The unique index allows it only by a third name. */
function swaps(id: string, other: string): Write {
  const [one, two] = [mine(id).name, mine(other).name]
  return {
    async work(tx) {
      await tx
        .update(rooms)
        .set({ name: `free ${newId()}` })
        .where(room(id))
      await tx.update(rooms).set({ name: one }).where(room(other))
      await tx.update(rooms).set({ name: two }).where(room(id))
    },
    kept() {
      own.set(id, { ...mine(id), name: two })
      own.set(other, { ...mine(other), name: one })
    },
  }
}
function renumbers(id: string): Write {
  const other = newId()
  return {
    work: (tx) => tx.update(rooms).set({ id: other }).where(room(id)),
    kept() {
      own.set(other, mine(id))
      own.delete(id)
    },
  }
}
const removes = (id: string): Write => ({
  work: (tx) => tx.delete(rooms).where(room(id)),
  kept: () => void own.delete(id),
})
/** Also a row that goes again in the same transaction. */
function fillsAnyTable(): Write {
  const table = pick(tables) ?? tables[0]
  return {
    work: (tx) =>
      addRow(
        tx,
        table as never,
        {},
        foreignKeysOf(table as never).map(({ name }) => name),
      ),
    kept() {},
  }
}

function next(): Write {
  const [id, other] = [pick([...own.keys()]), pick([...own.keys()])]
  const kind = Math.random()
  if (!id || !other || kind < 0.15) return adds()
  if (kind < 0.25) return fillsAnyTable()
  if (kind < 0.35 && id !== other) return swaps(id, other)
  if (kind < 0.4) return renumbers(id)
  if (kind < 0.45) return removes(id)
  return counts(id)
}

const say = (what: unknown) => writeSync(1, `${JSON.stringify(what)}\n`)
async function write(one: Write): Promise<boolean> {
  for (;;) {
    try {
      await db.transaction(schoolId, one.work)
      one.kept()
      return true
    } catch (error) {
      // Another writer had the same value first.
      if (error instanceof ConstraintError) return true
      if (!(error instanceof UnavailableError)) throw error
      // At the fence the database itself waits, and decides for a mover that is gone.
      if (error.trouble === 'moved') return false
    }
  }
}

for (let n = 0; ; n++) {
  const one = next()
  if (!(await write(one))) break
  if (n % 10 === 0) say({ wrote: n })
  await sleep(Number(process.env.PAUSE ?? 3))
}
say({ rooms: [...own].map(([id, { seats, name }]) => [id, seats, name]) })
