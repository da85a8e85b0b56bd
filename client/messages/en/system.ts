/** What runs, how much it is asked, and the database. */
import type { Outputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'

type System = Outputs['system']['get']

/** In a unit that leaves one to three digits before the point. */
function bytes(formats: Formats, value: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']
  let amount = value
  let unit = 0
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1024
    unit++
  }
  return `${formats.number(unit ? Number(amount.toPrecision(3)) : amount)} ${units[unit]}`
}

/** Beyond the largest bound nothing is known but that. */
function time(number: Formats['number'], ms: number): string {
  if (ms >= 5000) return `over ${number(5)} s`
  if (ms >= 1000) return `${number(Math.round(ms / 100) / 10)} s`
  return `${number(ms >= 10 ? Math.round(ms) : ms)} ms`
}

const instances = ({ number, instant }: Formats) => ({
  title: 'What runs where',
  label: 'Processes that serve this installation, one per row',
  columns: { host: 'Machine', version: 'Version', state: 'State', started: 'Since', seen: 'Last heard of' },
  process: (pid: number) => `process ${pid}`,
  states: { serving: 'Serving', draining: 'Stopping', gone: 'Gone' } satisfies Record<
    System['instances'][number]['state'],
    string
  >,
  versions: (count: number) => `${number(count)} versions serve side by side, as they do while a new one arrives.`,
  older: 'A process serves whose version is older than the database.',
  none: 'No process has said that it serves',
  noneHint: 'Each says so when it starts; those of an older version do not.',
  goneHint: 'A process that ended without saying so is shown for a day.',
  at: instant,
})

const procedures = ({ number, plural }: Formats) => ({
  title: 'The last hour',
  label: 'What was asked of the server in the last hour, one kind of request per row',
  columns: {
    name: 'Request',
    calls: 'Calls',
    refused: 'Refused',
    failed: 'Failed',
    p50: 'Half within',
    p95: '95% within',
  },
  total: (calls: number, failed: number) =>
    [
      plural(calls, { one: '1 call', other: `${number(calls)} calls` }),
      failed ? `${number(failed)} failed` : 'none failed',
    ].join(', '),
  meaning: 'Refused is what somebody may not do or typed wrongly; failed is the server’s own doing.',
  none: 'Nothing was counted yet',
  noneHint: 'Each minute is told here as soon as it is over.',
  ms: (value: number) => time(number, value),
})

const trends = ({ number }: Formats) => ({
  calls: 'Calls per minute',
  p95: '95% of a minute’s calls within',
  most: 'At most:',
  newest: 'Last minute:',
  none: '–',
  count: number,
  from: '60 min ago',
  until: 'now',
})

const database = (formats: Formats) => ({
  title: 'Database',
  facts: {
    name: 'Kind',
    size: 'Size',
    walSize: 'Write-ahead log',
    migration: 'Schema',
    newestEntry: 'This school’s journal',
  },
  bytes: (value: number) => bytes(formats, value),
  step: (name: string, steps: number) => `${name} (step ${formats.number(steps)})`,
  entries: (newest: number) =>
    newest ? formats.plural(newest, { one: '1 entry', other: `${formats.number(newest)} entries` }) : 'no entry yet',
  migrations: 'Steps of the schema, the newest first',
  columns: { name: 'Step', at: 'Applied' },
  at: formats.instant,
})

const backfills = ({ number }: Formats) => ({
  label: 'What is filled for older rows after a step, one per row',
  columns: { name: 'Filled for older rows', state: 'State', done: 'Rows filled', left: 'Rows left' },
  states: { filling: 'At work', waiting: 'Waiting', failed: 'Failed', done: 'Done' } satisfies Record<
    System['database']['backfills'][number]['state'],
    string
  >,
  waiting: 'One waits until no server of the version before serves.',
  failed: 'One failed and is tried again each minute. Tell whoever keeps this server; its log says why.',
  count: number,
})

/** In days, hours or minutes, whichever is more than one. */
function age({ number, plural }: Formats, ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  if (minutes < 120) return plural(minutes, { one: '1 minute ago', other: `${number(minutes)} minutes ago` })
  const hours = Math.round(minutes / 60)
  return hours < 72 ? `${number(hours)} hours ago` : `${number(Math.round(hours / 24))} days ago`
}

/** Of those that whoever keeps the server mends; others are told by their word. */
const failures: Record<string, string> = {
  'disk.full': 'a disk is full',
  'folder.denied': 'the server may not write in its folder',
  'folder.missing': 'its folder is not there',
  'folder.empty': 'its folder has lost all backups, perhaps because its disk is not mounted',
  'stream.paused': 'the whole file was copied many times today, and the next copy waits',
  'key.none': 'the file of its key can’t be read',
  'server.gone': 'the server ended meanwhile',
  'journal.broken': 'the journal of the register is broken',
  'database.broken': 'the database is broken',
}

const backup = (formats: Formats) => ({
  title: 'Backup',
  facts: {
    last: 'Last verified',
    size: 'Size',
    place: 'Place',
    verified: 'Restored and compared within',
    rehearsed: 'Last rehearsed',
    failure: 'Failed since',
    stored: 'Changes stored until',
    streamPlace: 'Changes stored in',
    unstored: 'Changes not stored since',
  },
  at: (at: string, ms: number) => `${formats.instant(at)}, ${age(formats, ms)}`,
  size: (value: number) => bytes(formats, value),
  place: (place: string, host: string) => `${place} on ${host}`,
  within: (ms: number) => `${formats.number(Math.round(ms / 100) / 10)} s`,
  rehearsed: (at: string, ms: number) => `${formats.instant(at)}, in ${formats.number(Math.round(ms / 100) / 10)} s`,
  failed: (at: string, reason: string) =>
    `${formats.instant(at)}: ${failures[reason] ?? reason}. Tell whoever keeps this server.`,
  none: 'No backup was made yet',
  noneHint: 'Whoever keeps this server sets BACKUP_FOLDER; each night a verified backup is made there.',
})

export const system = (formats: Formats) => ({
  title: 'System',
  intro: 'How this whole installation is doing: numbers of all its schools together, and nothing about a person.',
  failed: 'The numbers could not be loaded',
  kept: 'The newest numbers could not be loaded. Shown is what was there before.',
  instances: instances(formats),
  procedures: procedures(formats),
  trends: trends(formats),
  database: database(formats),
  backfills: backfills(formats),
  backup: backup(formats),
})
