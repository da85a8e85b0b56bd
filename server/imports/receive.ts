import { and, count, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { imports } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { limits } from '../oneroster/chosen-files.ts'
import type { DateOrder } from '../oneroster/dates.ts'
import type { ReadBundle } from '../oneroster/import.ts'
import { BundleError, Report } from '../oneroster/report.ts'
import { stage } from '../oneroster/stage.ts'
import { openZip } from '../oneroster/zip.ts'
import { keepBundle } from './bundle.ts'
import { leaseFor } from './lease.ts'
import { dropPieces } from './pieces.ts'
import { onScreen } from './sentences.ts'
import { spool } from './spool.ts'

/** Of one person: bundles lie in the database until somebody decides. */
const openAtMost = 5
/** Of one process: each holds a processor while its files are read. */
const atOnce = 2
/** Per file: a person reads them in a table, and may take them along. */
const findingsShown = 1_000
let receiving = 0

async function requireRoom({ db, school, actor }: Context): Promise<void> {
  if (receiving >= atOnce) throw new DomainError('server.busy', { retryAfter: 5 })
  const [open] = await db
    .select({ many: count() })
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        eq(imports.userId, actor.userId ?? ''),
        inArray(imports.state, ['arriving', 'comparing', 'ready', 'applying', 'failed']),
      ),
    )
  if ((open?.many ?? 0) >= openAtMost) throw new DomainError('import.too_many', { most: openAtMost })
}

export interface Brought {
  name: string
  /** Which comes first in dates such as 6/5/2010, in columns whose rows don't tell. */
  order?: DateOrder | undefined
}

async function readZip({ name, order }: Brought, body: AsyncIterable<Buffer>, now: Date): Promise<ReadBundle> {
  const source = await openZip(name, limits, await spool(body))
  try {
    const found = new Report(findingsShown)
    const staged = await stage(source, { order, now }, found)
    return { name, files: source.files.map(({ name, size }) => ({ name, size })), staged, found }
  } finally {
    source.close()
  }
}

async function keep({ db, school, actor, now }: Context, bundle: ReadBundle): Promise<string> {
  const key = { schoolId: school.id, id: newId() }
  const own = and(eq(imports.schoolId, key.schoolId), eq(imports.id, key.id))
  const moment = { createdAt: now, changedAt: now }
  const row = { ...key, userId: actor.userId ?? '', name: bundle.name.slice(0, 255), choices: {}, ...moment }
  await db.transaction(noSchool, async (tx) => {
    await tx
      .insert(imports)
      .values({ ...row, state: 'arriving', leaseOwner: newId(), leaseUntil: new Date(now.getTime() + 10 * leaseFor) })
  })
  try {
    await keepBundle(db, key, bundle)
    await setState(db, own, 'comparing')
    return key.id
  } catch (error) {
    await dropPieces(db, key)
    await db.transaction(noSchool, async (tx) => void (await tx.delete(imports).where(own)))
    throw error
  }
}

const setState = (db: Database, own: ReturnType<typeof and>, state: 'comparing') =>
  db.transaction(noSchool, async (tx) => {
    await tx.update(imports).set({ state, leaseOwner: null, leaseUntil: null }).where(own)
  })

/** `body` is a zip. Throws `import.refused` with a sentence that says what is wrong with it. */
export async function receiveBundle(
  ctx: Context,
  brought: Brought,
  body: AsyncIterable<Buffer>,
): Promise<{ id: string }> {
  await requireRoom(ctx)
  receiving++
  let bundle: ReadBundle | undefined
  try {
    bundle = await readZip(brought, body, ctx.now)
    return { id: await keep(ctx, bundle) }
  } catch (error) {
    throw error instanceof BundleError
      ? new DomainError('import.refused', { sentence: onScreen(error.message) })
      : error
  } finally {
    receiving--
    bundle?.staged.scratch.close()
  }
}
