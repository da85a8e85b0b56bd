/** How a register goes from its file to PostgreSQL. */
import type { MovePhase } from '../../../db/values.ts'
import type { Formats } from '../formats.ts'

const rows = ({ number, plural }: Formats, count: number) =>
  plural(count, { one: '1 row', other: `${number(count)} rows` })

/** In minutes or seconds, rounded up. */
const lasting = ({ number, plural }: Formats, ms: number) =>
  ms < 90_000
    ? `${number(Math.max(1, Math.ceil(ms / 1000)))} s`
    : plural(Math.ceil(ms / 60_000), { one: '1 minute', other: `${number(Math.ceil(ms / 60_000))} minutes` })

const megabytes = ({ number }: Formats, bytes: number) => `${number(Math.round(bytes / 100_000) / 10)} MB`

const steps = {
  label: 'The four steps of the move',
  prepare: {
    title: 'Prepare',
    hint: 'Every value is looked at for what PostgreSQL would refuse, and the database for whether it can take the register.',
  },
  setUp: { title: 'Set up', hint: 'The tables are made there, without indexes and references.' },
  execute: {
    title: 'Execute',
    hint: 'All rows are copied while people work, and what they change meanwhile follows. Then every row is compared, and PostgreSQL takes over within a moment.',
  },
  validate: {
    title: 'Validate',
    hint: 'The file, which takes no changes any more, is compared once more, and every reference is checked.',
  },
  states: { done: 'Done', now: 'At work', ahead: 'To come' },
}

const phases = {
  looking: 'Looking at every value',
  making: 'Making the tables',
  copying: 'Copying',
  indexes: 'Making indexes',
  comparing: 'Comparing every row',
  following: 'Following what people change',
  'changing over': 'Changing over',
  settling: 'Comparing once more, and checking references',
  clearing: 'Clearing up',
} satisfies Record<MovePhase, string>

const progress = (formats: Formats) => ({
  label: 'How far the move is',
  phases,
  begun: 'The move begins. Its first numbers come within moments.',
  rehearsing: 'A copy of the file is taken all the way. That shows no numbers before its end.',
  rows: (done: number, of: number) => `${formats.number(Math.min(done, of))} of ${rows(formats, of)}`,
  bytes: (value: number) => megabytes(formats, value),
  left: (ms: number) => `about ${lasting(formats, ms)} left`,
  silent: (ms: number) => `Nothing was heard of it for ${lasting(formats, ms)}.`,
  stopping: 'The move stops. The register stays with its file.',
  notReady: 'These server processes are not ready on PostgreSQL yet; the change-over waits for them:',
  server: (host: string, pid: number) => `${host}, process ${pid}`,
})

const ended = (formats: Formats) => ({
  who: (verb: string, name: string | null, at: string) =>
    `${verb === 'move' ? 'The move' : 'The rehearsal'} was started ${name === null ? '' : `by ${name} `}on ${formats.instant(at)}.`,
  done: (count: number | null, took: number | null) =>
    [
      'The last rehearsal went well',
      count === null
        ? ''
        : `: ${rows(formats, count)}${took === null ? '' : ` in ${lasting(formats, took)}`}, each compared`,
      '. The database is empty again, and the register is where it was.',
    ].join(''),
  stopped: 'It was stopped. The register stays with its file.',
  failedMove: 'The move ended before it was done. The register is in its file, and nothing is lost.',
  failedRehearsal: 'The rehearsal did not succeed. The register is in its file, as before.',
  left: 'The server that ran it has ended without a word. The register is in its file, and nothing is lost.',
  mend: 'Change such a value on its page, or have whoever keeps this server mend it in the file; then try again. A row that refers to one which is gone is taken out by whoever keeps this server.',
})

const arrived = (formats: Formats) => ({
  title: 'This register is on PostgreSQL',
  from: (at: string, host: string, place: string) =>
    `It has moved there on ${formats.instant(at)}, from the file ${place} on ${host}.`,
  never: 'It was not moved there from a page of this register.',
  settling: 'The file is compared once more, and every reference is checked.',
  differs: 'The last comparison with the file did not end well. Tell whoever keeps this server.',
  accept: 'Whoever keeps this server mends these, and compares again or accepts them. docs/moving.md says how.',
  target: 'Database',
  startedBy: 'Started by',
  rows: (count: number) => `${rows(formats, count)}, each compared`,
  carried: 'Carried',
})

export const moves = (formats: Formats) => ({
  title: 'Move to PostgreSQL',
  back: 'System',
  intro:
    'The register is copied to PostgreSQL while everybody works, and stays in its file until all is there and compared. Up to the last moment the move can be stopped, and nothing is lost.',
  failed: 'How far the move is could not be loaded',
  target: 'To',
  notOffered: 'A move is not offered here',
  notOfferedHint: 'Whoever looks after the register has turned this page off. A move that is under way goes on.',
  none: 'No database is named yet',
  noneHint:
    'Whoever keeps this server makes an empty PostgreSQL database, names it in MOVE_TARGET_URL, or in a file that MOVE_TARGET_URL_FILE names, and starts the server again. It is never typed into a browser.',
  byHand: 'This server can’t start the move. Whoever keeps it does so, as docs/moving.md says.',
  start: 'Start the move',
  goOn: 'Go on with the move',
  rehearse: 'Rehearse the move',
  stop: 'Stop the move',
  stopRehearsal: 'Stop the rehearsal',
  confirm: {
    start: {
      title: 'Move this register to PostgreSQL?',
      text: (target: string) =>
        `Everything goes to ${target} while people work. At its end PostgreSQL is the register, and the file takes no changes any more. Make sure that there is a new backup.`,
    },
    rehearse: {
      title: 'Rehearse the move?',
      text: (target: string) =>
        `A copy of the file goes to ${target}, every row is compared, and the database is empty again at the end. The register stays where it is. It needs as much room beside the file as the file has.`,
    },
    stop: {
      title: 'Stop it?',
      text: () => 'The register stays with its file. What was copied is taken out of the database again.',
    },
  },
  steps,
  progress: progress(formats),
  ended: ended(formats),
  arrived: arrived(formats),
})
