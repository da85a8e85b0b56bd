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
  none: '–',
  count: number,
  minutes: { from: '60 min ago', until: 'now', newest: 'Last minute:' },
})

const database = (formats: Formats) => ({
  title: 'Database',
  facts: {
    name: 'Kind',
    move: 'Since',
    size: 'Size',
    walSize: 'Write-ahead log',
    migration: 'Schema',
    newestEntry: 'This school’s journal',
  },
  moved: 'How the register came there',
  bytes: (value: number) => bytes(formats, value),
  step: (name: string, steps: number) => `${name} (step ${formats.number(steps)})`,
  entries: (newest: number) =>
    newest ? formats.plural(newest, { one: '1 entry', other: `${formats.number(newest)} entries` }) : 'no entry yet',
  migrations: 'Steps of the schema, the newest first',
  columns: { name: 'Step', at: 'Applied' },
  all: (steps: number) => `Show all ${formats.number(steps)} steps`,
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
  rowsOf: (done: number, left: number | null) =>
    left === null ? `${number(done)} filled` : `${number(done)} filled, ${number(left)} left`,
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
    stored: 'Stored until',
    streamPlace: 'Stored in',
    unstored: 'Not stored since',
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

const waiting = ({ number, plural }: Formats) => ({
  title: 'Saves that wait for each other',
  trend: '95% of a day’s saves waited at most',
  none: 'Nothing was saved yet since this is counted.',
  seen: (ms: number, saves: number) =>
    plural(saves, {
      one: `The one save of the last day waited ${time(number, ms)} for its turn.`,
      other: `95% of the last day’s ${number(saves)} saves waited at most ${time(number, ms)} for their turn.`,
    }),
  limit: (ms: number) => `From ${time(number, ms)} on, people notice it.`,
  oneSchool: 'With one school PostgreSQL would not shorten it: there, too, the saves of a school take turns.',
  ms: (value: number) => time(number, value),
})

const percent = (number: Formats['number'], value: number) => `${number(value)}%`

const machine = ({ number, plural }: Formats) => ({
  title: 'More than one machine',
  trend: 'The busiest minute',
  seen: (processes: number, processors: number, busiest: number | null) =>
    [
      `${plural(processes, { one: '1 process serves', other: `${number(processes)} processes serve` })} on this machine with ${plural(processors, { one: '1 processor', other: `${number(processors)} processors` })}.`,
      busiest === null
        ? ''
        : `The busiest one used ${percent(number, busiest)} of a processor in the last day’s busiest minute.`,
    ].join(' '),
  limit: (value: number) =>
    `One file is served by one machine. That becomes tight once each processor has a process and one of them uses ${percent(number, value)}.`,
  workers: 'More processes on this machine come first: whoever keeps this server sets WORKERS.',
  percent: (value: number) => percent(number, value),
})

const people = ({ number, plural }: Formats) => ({
  title: 'Many people at once',
  trend: 'Most at work within five minutes',
  none: 'Nobody was counted yet.',
  seen: (atOnce: number, inTheDay: number) =>
    `${plural(atOnce, { one: '1 person was', other: `Up to ${number(atOnce)} people were` })} at work at the same time on the last day, of ${number(inTheDay)} in all.`,
  limit: (many: number) =>
    `From ${number(many)} on, look at the waiting above; that alone tells whether they are served well. Whoever shall read the database itself, with programs beside Homeroom, needs PostgreSQL.`,
  count: number,
})

const lasting = ({ number, plural }: Formats, ms: number) => {
  if (ms < 90_000) return `${number(Math.round(ms / 100) / 10)} s`
  const minutes = Math.round(ms / 60_000)
  return minutes % 60 === 0
    ? plural(minutes / 60, { one: '1 hour', other: `${number(minutes / 60)} hours` })
    : `${number(minutes)} minutes`
}

const size = (formats: Formats) => ({
  title: 'Size',
  trend: 'Size of the file',
  none: 'The file was not measured yet.',
  seen: (now: number, aYear: number | null) =>
    aYear === null || aYear <= 0
      ? `The file has ${bytes(formats, now)}.`
      : `The file has ${bytes(formats, now)} and grows by ${bytes(formats, aYear)} a year.`,
  backup: (ms: number) => `Making and checking its last backup took ${lasting(formats, ms)}.`,
  limit: (most: number, backupMs: number) =>
    `Up to ${bytes(formats, most)}, and while a backup takes less than ${lasting(formats, backupMs)}, size is no reason.`,
  bytes: (value: number) => bytes(formats, value),
})

const signs = (formats: Formats) => ({
  title: 'One file, or PostgreSQL',
  move: 'Move to PostgreSQL',
  verdicts: {
    far: 'This register is served well from its one file. Most schools never need to move.',
    near: 'The file serves this register. A number has come closer to its limit: look at it again in some weeks.',
    reached: 'PostgreSQL would be worth it for this register. Talk to whoever keeps this server.',
  } satisfies Record<NonNullable<System['signs']>['state'], string>,
  about: (since: string | null, { days, of }: { days: number; of: number }) =>
    [
      since === null ? 'Counting has just begun.' : `Counted since ${formats.date(since)}.`,
      `A limit counts once it was reached on ${formats.number(days)} of ${formats.number(of)} days.`,
    ].join(' '),
  states: { far: 'Far from it', near: 'Closer', reached: 'Reached' },
  ends: (since: string) => ({ from: formats.date(since), until: 'today', newest: 'Last day:' }),
  waiting: waiting(formats),
  machine: machine(formats),
  people: people(formats),
  features: {
    title: 'What only PostgreSQL gives',
    given:
      'Servers on several machines, a second database that takes over when the first one fails, and the tools of those who keep your other databases.',
    same: 'Homeroom itself does the same on both. Whether you need this, no number tells.',
  },
  size: size(formats),
})

export const system = (formats: Formats) => ({
  title: 'System',
  flags: 'Flags',
  intro: 'How this whole installation is doing: numbers of all its schools together, and nothing about a person.',
  failed: 'The numbers could not be loaded',
  kept: 'The newest numbers could not be loaded. Shown is what was there before.',
  instances: instances(formats),
  procedures: procedures(formats),
  trends: trends(formats),
  database: database(formats),
  backfills: backfills(formats),
  backup: backup(formats),
  signs: signs(formats),
})
