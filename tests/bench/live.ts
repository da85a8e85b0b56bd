/** Live updates: from one person's commit to another's screen, and what three hundred who listen cost. */
import { setMaxListeners } from 'node:events'
import type { Page } from '@playwright/test'
import { chromium } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { memberships, rooms, users } from '../../db/schema/index.ts'
import { startSession } from '../../server/auth/sessions.ts'
import type { MutationContext } from '../../server/context.ts'
import { feedOf } from '../../server/live/feed.ts'
import { roomVerbs } from '../../server/rooms/write.ts'
import { nameOf } from '../../server/runtime/cookie.ts'
import { installationId } from '../../server/runtime/installation.ts'
import { browserFlags, findBrowser } from '../setup/browser.ts'
import { call, startServer } from '../setup/server.ts'
import { schoolOf } from './students.ts'

const listeners = 300
const changes = 60

const db = await open()
const school = await schoolOf(db, 300)
const [userId, sessionId] = [newId(), newId()]
const now = new Date()
await db.transaction(school.id, async (tx) => {
  const email = `bench.${userId.slice(-6)}@school.example`
  await tx.insert(users).values({ id: userId, email, name: 'Bench', createdAt: now })
  await tx.insert(memberships).values({ schoolId: school.id, id: newId(), userId, role: 'registrar' })
})
const token = await db.transaction(noSchool, (tx) => startSession(tx, sessionId, userId, now))

const context = (): MutationContext => ({
  db,
  school,
  actor: { userId, role: 'registrar', instructorId: null },
  now: new Date(),
  operation: { id: newId(), procedure: 'bench', inputHash: '', way: 'cli' },
})
const { id } = await roomVerbs.create(context(), { name: 'Room 0' })
const version = async () => (await db.select().from(rooms).where(eq(rooms.id, id)))[0]?.version ?? 0
const rename = async (name: string) => roomVerbs.update(context(), { id, version: await version(), name })

const at = (values: number[], part: number) => values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? NaN
const told = (name: string, values: number[]) =>
  console.log(`${name.padEnd(44)} p50 ${at(values, 0.5).toFixed(0)} ms, p95 ${at(values, 0.95).toFixed(0)} ms`)

interface Writer {
  name: string
  rename(name: string): Promise<unknown>
}

async function follow(page: Page, { name, rename }: Writer): Promise<void> {
  const taken: number[] = []
  for (let n = 1; n <= changes; n++) {
    const room = `Room ${n} ${name}`
    await rename(room)
    const committed = performance.now()
    await page.getByRole('link', { name: room, exact: true }).waitFor()
    taken.push(performance.now() - committed)
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400))
  }
  told(`live, commit ${name} to second browser`, taken)
}

async function toSecondBrowser(): Promise<void> {
  const server = await startServer({ LOG_LEVEL: 'warn' }, [process.execPath, 'dist/server/homeroom.js', 'start'])
  const executablePath = findBrowser()
  const browser = await chromium.launch({ args: browserFlags, ...(executablePath && { executablePath }) })
  try {
    const page = await (await browser.newContext()).newPage()
    const cookie = { name: nameOf(false, await installationId(db)), value: token, url: server.url }
    await page.context().addCookies([cookie])
    const isListening = page.waitForResponse(/live\.changes/)
    await page.goto(`${server.url}/${school.slug}/rooms`)
    await isListening
    const headers = { cookie: `${cookie.name}=${token}`, 'x-school': school.slug }
    const throughServer = async (name: string) => {
      const input = { id, version: await version(), name }
      const answer = await call(server.url, 'rooms.update', {
        ...{ input, headers: { ...headers, 'idempotency-key': newId() } },
      })
      if (!answer.ok) throw new Error(await answer.text())
    }
    await follow(page, { name: 'there', rename: throughServer })
    await follow(page, { name: 'elsewhere', rename })
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** Processor time of a second in which four changes are made, as often as the journal is looked at. */
async function secondsCost(): Promise<number> {
  const begun = process.cpuUsage()
  const seconds = 5
  for (let n = 0; n < 4 * seconds; n++) {
    await rename(`Change ${newId()}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000 / seconds
}

async function costOfListeners(): Promise<void> {
  await secondsCost()
  const alone = await secondsCost()
  const abort = new AbortController()
  setMaxListeners(0, abort.signal)
  const feed = feedOf(db)
  let heard = 0
  const listen = async (sessionId: string) => {
    const hearer = { userId: newId(), sessionId }
    for await (const { entries } of feed.listen(school.id, hearer, Number.MAX_SAFE_INTEGER, abort.signal))
      heard += entries.length
  }
  const sessions = Array.from({ length: listeners }, newId)
  for (const one of sessions) await db.transaction(noSchool, (tx) => startSession(tx, one, userId, new Date()))
  const all = sessions.map((session) => listen(session).catch(() => undefined))
  await new Promise((resolve) => setTimeout(resolve, 500))
  const listening = await secondsCost()
  abort.abort()
  await Promise.all(all)
  const sums = `${alone.toFixed(1)} ms/s without, ${listening.toFixed(1)} ms/s with`
  console.log(`${`live, ${listeners} listeners, 4 changes a second`.padEnd(44)} ${sums}, ${heard} heard`)
}

await toSecondBrowser()
await costOfListeners()
feedOf(db).end()
await db.close()
