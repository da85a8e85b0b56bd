import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Database } from '../../db/database.ts'
import { durationBounds } from '../../db/values.ts'
import type { BackfillRow } from '../backfills/progress.ts'
import { readBackfills } from '../backfills/progress.ts'
import { readBackups } from '../backups/runs.ts'
import { readStream } from '../backups/stream/told.ts'
import type { Times } from '../calls/procedure-times.ts'
import { allReasons, allTimes } from '../calls/procedure-times.ts'
import { allShadows } from '../calls/shadow.ts'
import { allOutcomes } from '../imports/outcomes.ts'
import { feedOf } from '../live/feed.ts'
import { allAttempts } from '../webhooks/counts.ts'
import { callsSentAway } from './overload.ts'
import { schemaRange } from './schema-range.ts'
import { appVersion } from './version.ts'

interface Value {
  value: number
  labels: Record<string, string | number>
  metricName?: string
}
/** prom-client's `getMetricsAsJSON` has this shape; the primary adds up those of several processes. */
export interface Metric {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  /** What is read from the database is the same in each process. */
  aggregator: 'sum' | 'max'
  values: Value[]
}

/** prom-client's `observe` takes ten times as long, so the counts of the administrators' page serve here too. */
const durations = 'procedure_duration_seconds'
function durationsOf({ procedure, type, code, counts, total }: Times): Value[] {
  const labels = { procedure, type, code }
  const bounds = [...durationBounds.map((ms) => ms / 1000), '+Inf']
  let sum = 0
  const buckets = bounds.map((le, index) => {
    sum += counts[index] ?? 0
    return { metricName: `homeroom_${durations}_bucket`, labels: { le, ...labels }, value: sum }
  })
  return [
    ...buckets,
    { metricName: `homeroom_${durations}_sum`, labels, value: total / 1000 },
    { metricName: `homeroom_${durations}_count`, labels, value: sum },
  ]
}

const { newest } = schemaRange()

const metric = (
  name: string,
  type: Metric['type'],
  help: string,
  values: Value[],
  aggregator: Metric['aggregator'] = 'sum',
): Metric => ({ name: `homeroom_${name}`, type, help, aggregator, values })
const single = (value: number): Value[] => [{ labels: {}, value }]

const helpOf = {
  durations: 'How long procedures took, by how they ended.',
  errors: 'Calls that were refused or failed, by the reason given.',
  sentAway: 'Calls that got no turn, because there were more than could be served.',
  shadows: 'Reads that were tried beside the one that answers, by what came of the comparison.',
  build: 'Processes by the version they run and the newest migration step it knows.',
  imports: 'Bundles that homeroom import and its watcher took, by the system they came from and what became of them.',
  lastImport: 'When the newest bundle of a system was brought in, in seconds since 1970.',
  lastBackup: 'When the newest verified backup was begun, in seconds since 1970.',
  backupSize: 'How large the newest verified backup is.',
  backupVerify: 'How long it took to make a database of the newest verified backup and to compare it.',
  rehearsal: 'How long restoring took when it was last rehearsed.',
  backupFailed: '1 when the newest backup failed, otherwise 0.',
  streamLag: 'How many seconds ago all that was saved was last stored beside the backups.',
  streamFailed: '1 when what is saved could not be stored at the last try, otherwise 0.',
  backfillDone: 'Older rows that a backfill has filled.',
  backfillLeft: 'Older rows that a backfill has still to fill.',
  backfillOver: '1 when a backfill is done, otherwise 0.',
  webhooks: 'Attempts to deliver a webhook, by how they ended.',
  subscriptions: 'Open streams of live changes.',
}

function own(db: Database): Metric[] {
  const reasons = allReasons().map(([reason, value]) => ({ labels: { reason }, value }))
  const shadows = allShadows().map(([read, ending, value]) => ({ labels: { read, ending }, value }))
  const attempts = allAttempts().map(([ending, value]) => ({ labels: { ending }, value }))
  const build = [{ labels: { version: appVersion, schema: newest }, value: 1 }]
  return [
    metric(durations, 'histogram', helpOf.durations, allTimes().flatMap(durationsOf)),
    metric('procedure_errors_total', 'counter', helpOf.errors, reasons),
    metric('calls_sent_away_total', 'counter', helpOf.sentAway, single(callsSentAway())),
    metric('shadow_reads_total', 'counter', helpOf.shadows, shadows),
    metric('webhook_deliveries_total', 'counter', helpOf.webhooks, attempts),
    metric('build_info', 'gauge', helpOf.build, build),
    metric('subscriptions', 'gauge', helpOf.subscriptions, single(feedOf(db).size)),
    ...db.load().map(({ name, type, help, value }) => metric(`database_${name}`, type, help, single(value))),
  ]
}

/** A database that is away tells no other figures any less. */
async function importsOf(db: Database): Promise<Metric[]> {
  const told = await allOutcomes(db).catch(() => [])
  const counts = told.flatMap(({ source, done, failed }) => [
    { labels: { source, outcome: 'done' }, value: done },
    { labels: { source, outcome: 'failed' }, value: failed },
  ])
  const last = told.flatMap(({ source, lastSuccessAt }) =>
    lastSuccessAt ? { labels: { source }, value: lastSuccessAt.getTime() / 1000 } : [],
  )
  return [
    metric('imports_total', 'counter', helpOf.imports, counts, 'max'),
    metric('import_last_success_timestamp_seconds', 'gauge', helpOf.lastImport, last, 'max'),
  ]
}

const secondsBetween = (from: Date, to: Date) => Math.max(0, (to.getTime() - from.getTime()) / 1000)

/** The same from each process: the register tells what became of the backups. */
async function backupsOf(db: Database): Promise<Metric[]> {
  const now = new Date()
  const told = await readBackups(db, now).catch(() => undefined)
  const stream = await readStream(db).catch(() => undefined)
  const gauge = (name: string, help: string, value: number | undefined) =>
    metric(`backup_${name}`, 'gauge', help, value === undefined ? [] : single(value), 'max')
  const { last = undefined, rehearsal } = told ?? {}
  return [
    gauge('last_success_timestamp_seconds', helpOf.lastBackup, last ? last.at.getTime() / 1000 : undefined),
    gauge('size_bytes', helpOf.backupSize, last?.size),
    gauge('verify_seconds', helpOf.backupVerify, last ? last.verifyMs / 1000 : undefined),
    gauge('rehearsed_restore_seconds', helpOf.rehearsal, rehearsal ? rehearsal.ms / 1000 : undefined),
    gauge('failed', helpOf.backupFailed, told && (told.failure ? 1 : 0)),
    gauge('stream_lag_seconds', helpOf.streamLag, stream?.storedAt ? secondsBetween(stream.storedAt, now) : undefined),
    gauge('stream_failed', helpOf.streamFailed, stream ? Number(stream.failure !== null) : undefined),
  ]
}

async function backfillsOf(db: Database): Promise<Metric[]> {
  const rows = await readBackfills(db).catch(() => [])
  const each = (name: string, help: string, read: (row: BackfillRow) => number) => {
    const values = rows.map((row) => ({ labels: { backfill: row.name }, value: read(row) }))
    return metric(`backfill_${name}`, 'gauge', help, values, 'max')
  }
  return [
    each('rows_done', helpOf.backfillDone, ({ rowsDone }) => rowsDone),
    each('rows_left', helpOf.backfillLeft, ({ rowsLeft }) => rowsLeft ?? 0),
    each('done', helpOf.backfillOver, ({ state }) => Number(state === 'done')),
  ]
}

const ofNode = new Registry()
collectDefaultMetrics({ register: ofNode })
/** prom-client gives some gauges the ending of a counter; each has a twin by kind of resource. */
const isMisnamed = ({ name, type }: { name: string; type: unknown }) => type === 'gauge' && name.endsWith('_total')

export async function metricsOf(db: Database): Promise<object[]> {
  const ofProcess = await ofNode.getMetricsAsJSON()
  return [
    ...ofProcess.filter((one) => !isMisnamed(one)),
    ...own(db),
    ...(await importsOf(db)),
    ...(await backupsOf(db)),
    ...(await backfillsOf(db)),
  ]
}
