import { and, count, eq, gte, inArray, or } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { newId } from '../../db/kit.ts'
import { imports } from '../../db/schema/index.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { limitedTo } from '../limited.ts'
import type { ReadBundle } from '../oneroster/import.ts'
import { limits } from '../oneroster/read/chosen-files.ts'
import type { DateOrder } from '../oneroster/read/dates.ts'
import { stage } from '../oneroster/read/stage.ts'
import { openZip } from '../oneroster/read/zip.ts'
import { BundleError, Report } from '../oneroster/report.ts'
import { keepBundle } from './bundle.ts'
import type { ImportKey } from './pieces.ts'
import { dropPieces } from './pieces.ts'
import { schoolsFor } from './reach.ts'
import { onScreen } from './sentences.ts'
import { spool } from './spool.ts'

/** Of one person: bundles lie in the database until somebody decides. */
const openAtMost = 5
/** Of one process: each fills up to 100 MB of the disk, and a slow one holds up no other. */
const arrivingAtOnce = 8
/** In ms. A server that takes longer is gone. */
const arrivingFor = 30 * 60_000
/** Per file: a person reads them in a table, and may take them along. */
const findingsShown = 1_000
let arriving = 0
/** Reading keeps a processor busy. */
const inTurn = limitedTo(2)

const ownOf = ({ schoolId, id }: ImportKey) => and(eq(imports.schoolId, schoolId), eq(imports.id, id))

async function requireRoom({ db, school, actor, now }: Context): Promise<void> {
  const [open] = await db
    .select({ many: count() })
    .from(imports)
    .where(
      and(
        eq(imports.schoolId, school.id),
        eq(imports.userId, actor.userId ?? ''),
        or(
          inArray(imports.state, ['comparing', 'ready', 'applying', 'failed']),
          and(eq(imports.state, 'arriving'), gte(imports.leaseUntil, now)),
        ),
      ),
    )
  if ((open?.many ?? 0) > openAtMost) throw new DomainError('import.too_many', { most: openAtMost })
}

/** It is there before the files are, so that an erasure meanwhile reaches them. */
async function begin({ db, school, actor, now }: Context, name: string): Promise<ImportKey> {
  const key = { schoolId: school.id, id: newId() }
  const lease = { leaseOwner: newId(), leaseUntil: new Date(now.getTime() + arrivingFor) }
  const row = { ...key, userId: actor.userId ?? '', name, choices: {}, createdAt: now, changedAt: now, ...lease }
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(imports).values({ ...row, state: 'arriving' })
  })
  return key
}

async function forget(db: Database, key: ImportKey): Promise<void> {
  await dropPieces(db, key)
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(imports).where(and(ownOf(key), eq(imports.state, 'arriving')))
  })
}

export interface Brought {
  name: string
  order?: DateOrder | undefined
}

async function readZip({ name, order }: Brought, fd: number, now: Date): Promise<ReadBundle> {
  const source = await openZip(name, limits, fd)
  try {
    const found = new Report(findingsShown)
    const staged = await stage(source, { order, now }, found)
    return { name, files: source.files.map(({ name, size }) => ({ name, size })), staged, found }
  } finally {
    source.close()
  }
}

/** Throws `permission.changed` where the person may not import any more, `import.gone` where an erasure was faster. */
async function keep({ db, school, actor }: Context, key: ImportKey, bundle: ReadBundle): Promise<void> {
  await keepBundle(db, key, bundle)
  const reach = await schoolsFor(db, actor.userId ?? '')
  if (!reach.has(school.id)) throw new DomainError('permission.changed')
  const [kept] = await db.transaction(noSchool, (tx) =>
    tx
      .update(imports)
      .set({ state: 'comparing', leaseOwner: null, leaseUntil: null })
      .where(and(ownOf(key), eq(imports.state, 'arriving')))
      .returning({ id: imports.id }),
  )
  if (!kept) throw new DomainError('import.gone')
}

/** `body` is a zip. Throws `import.refused` with a sentence that says what is wrong with it. */
export async function receiveBundle(
  ctx: Context,
  brought: Brought,
  body: AsyncIterable<Buffer>,
): Promise<{ id: string }> {
  if (arriving >= arrivingAtOnce) throw new DomainError('server.busy', { retryAfter: 5 })
  arriving++
  let key: ImportKey | undefined
  let bundle: ReadBundle | undefined
  try {
    key = await begin(ctx, brought.name)
    await requireRoom(ctx)
    const fd = await spool(body)
    bundle = await inTurn(() => readZip(brought, fd, ctx.now))
    await keep(ctx, key, bundle)
    return { id: key.id }
  } catch (error) {
    // A database that is away just now has it removed by the next sweep.
    if (key) await forget(ctx.db, key).catch(() => undefined)
    throw error instanceof BundleError
      ? new DomainError('import.refused', { sentence: onScreen(error.message) })
      : error
  } finally {
    arriving--
    bundle?.staged.scratch.close()
  }
}
