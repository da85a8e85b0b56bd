import { isNull } from 'drizzle-orm'
import { schools } from '../../db/schema/index.ts'
import { allows } from '../access.ts'
import type { Context } from '../context.ts'
import type { Finding } from '../oneroster/report.ts'
import type { ImportSourceFindingsInput } from './input.ts'
import type { Found } from './outcomes.ts'
import { allOutcomes } from './outcomes.ts'
import { schoolsFor } from './reach.ts'
import { onScreen } from './sentences.ts'

/** In ms. Some systems export on the evenings of school days alone, so a weekend passes without a bundle. */
const lateAfter = 3 * 24 * 3_600_000

type Outcome = Awaited<ReturnType<typeof allOutcomes>>[number]
interface Seen {
  outcome: Outcome
  /** A bundle holds rows of all schools of its source, so only who may import in all of them sees what is in it. */
  isWhole: boolean
}

/** A source that no school has yet is told in those without one. */
async function outcomesFor({ db, school, actor }: Context): Promise<Seen[]> {
  const outcomes = await allOutcomes(db)
  if (!outcomes.length) return []
  const all = await db
    .select({ id: schools.id, source: schools.source })
    .from(schools)
    .where(isNull(schools.archivedAt))
  const own = all.find(({ id }) => id === school.id)?.source ?? null
  const reach = await schoolsFor(db, actor.userId ?? '')
  return outcomes.flatMap((outcome) => {
    const isClaimed = all.some(({ source }) => source === outcome.source)
    const told = all.filter(({ source }) => source === (isClaimed ? outcome.source : null))
    const isTold = isClaimed ? own === outcome.source : own === null
    return isTold ? { outcome, isWhole: told.every(({ id }) => reach.has(id)) } : []
  })
}

const isLate = ({ folder, at }: Outcome, now: Date) => folder !== null && now.getTime() - at.getTime() > lateAfter
const foundOf = ({ found }: Outcome) => (found ?? undefined) as unknown as Found | undefined

export async function listSources(ctx: Context) {
  return (await outcomesFor(ctx)).map(({ outcome, isWhole }) => ({
    source: outcome.source,
    name: outcome.name,
    at: outcome.at.toISOString(),
    lastSuccessAt: outcome.lastSuccessAt?.toISOString() ?? null,
    isWatched: outcome.folder !== null,
    isLate: isLate(outcome, ctx.now),
    reason: outcome.reason,
    sentence: isWhole && outcome.sentence !== null ? onScreen(outcome.sentence) : null,
    isWhole,
    rejected: foundOf(outcome)?.rejected.total ?? 0,
    warnings: foundOf(outcome)?.warnings.total ?? 0,
  }))
}

export async function sourceFindings(ctx: Context, { source, kind }: ImportSourceFindingsInput): Promise<Finding[]> {
  const seen = (await outcomesFor(ctx)).find(({ outcome, isWhole }) => isWhole && outcome.source === source)
  const shown = (seen && foundOf(seen.outcome)?.[kind].shown) ?? []
  return shown.map((finding) => ({ ...finding, message: onScreen(finding.message) }))
}

export interface ImportTrouble {
  source: string
  what: 'failed' | 'late'
  at: string
}

/** For the page that the day begins with. It is over with the next bundle of the source that is brought in. */
export async function importTroubles(ctx: Context): Promise<ImportTrouble[]> {
  if (!allows(ctx.actor, 'import.run')) return []
  return (await listSources(ctx)).flatMap(({ source, at, reason, isLate }): ImportTrouble[] => {
    if (reason) return [{ source, what: 'failed', at }]
    return isLate ? [{ source, what: 'late', at }] : []
  })
}
