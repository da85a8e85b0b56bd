/** A step that takes away or requires something waits until older rows are filled and no server needs what was there. */
import type { Migration } from './migration-files.ts'
import { MigrationError } from './migration-files.ts'
import type { Filling, Waits } from './migration-run.ts'
import { stepNamed } from './migration-run.ts'
import type { Serving } from './steps-back.ts'
import { silentAfter } from './steps-back.ts'

export interface FillingRow extends Omit<Filling, 'done' | 'left'> {
  done: number | string
  left: number | string | null
}
export const fillingQuery = 'select name, state, rows_done as done, rows_left as "left" from backfills order by name'
export const fillingOf = ({ name, state, done, left }: FillingRow): Filling => ({
  name,
  state,
  done: Number(done),
  left: left === null ? null : Number(left),
})

export const olderQuery = (instant: string, step: number): string =>
  `select host, pid, version from instances where schema_max < ${step} and seen_at > ${instant} limit 1`
export const sinceSilent = (): number => Date.now() - silentAfter

/** What the register says of all backfills, and of a server that does not know the step that all must know. */
export interface Facts {
  filling: readonly Filling[]
  older: Serving | undefined
}
export const noFacts: Facts = { filling: [], older: undefined }

export function firstKnown({ serversFrom }: Migration, files: readonly Migration[]): number | undefined {
  if (!serversFrom) return undefined
  const name = stepNamed(files, serversFrom)
  return files.findIndex((file) => file.name === name) + 1
}

export const mayWait = ({ afterBackfills = [], serversFrom }: Migration): boolean =>
  afterBackfills.length > 0 || serversFrom !== undefined

const rows = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`
function whyUnfilled(filling: Filling | undefined): string | undefined {
  if (!filling) return 'which has not begun'
  const { state, left } = filling
  if (state === 'done') return undefined
  if (state === 'waiting') return 'which can not end while a server of the release before serves'
  return left === null ? 'which is not done' : `which has ${rows(left)} left`
}

const unfilled = ({ afterBackfills = [] }: Migration, { filling }: Facts) =>
  afterBackfills.flatMap((name) => {
    const why = whyUnfilled(filling.find((each) => each.name === name))
    return why ? [`waits for the backfill ${name}, ${why}`] : []
  })
const needed = ({ serversFrom }: Migration, { older }: Facts) =>
  older
    ? [
        `waits for version ${older.version} on ${older.host}, process ${older.pid}, which does not know ${serversFrom} and needs what was there before`,
      ]
    : []

/** Each is the rest of a sentence that begins with the step's name. */
const reasonsToWait = (step: Migration, facts: Facts): string[] => [...unfilled(step, facts), ...needed(step, facts)]

/** `facts` are those of each pending step, in their order. */
export function waitsOf(pending: readonly Migration[], facts: readonly Facts[]): Waits {
  const all = pending.map((step, index) => [step.name, reasonsToWait(step, facts[index] ?? noFacts)] as const)
  return Object.fromEntries(all.filter(([, reasons]) => reasons.length))
}

const toFill =
  'Let the servers of the release before finish it (npx homeroom migrate status tells how far they are), or run npx homeroom migrate up --backfill. Nothing was changed'
const toStop = 'Stop it first, or wait a minute where it was killed. Nothing was changed'

export function refuseWaiting(step: Migration, facts: Facts): void {
  const [left] = unfilled(step, facts)
  const [older] = needed(step, facts)
  const why = left ? `${left}. ${toFill}` : older && `${older}. ${toStop}`
  if (why) throw new MigrationError(`Migration ${step.name} ${why}`)
}
