import { isMoving, movable } from '../../db/move/movable.ts'
import type { Moved } from '../../db/move/move.ts'
import { accept, move } from '../../db/move/move.ts'
import type { MoveProgress } from '../../db/move/moved.ts'
import type { MoveOptions } from '../../db/move/mover.ts'
import { rehearse } from '../../db/move/rehearse.ts'
import type { MoveStatus } from '../../db/move/status.ts'
import { status, timeLeft } from '../../db/move/status.ts'
import { stop } from '../../db/move/stop.ts'
import type { MovePhase } from '../../db/values.ts'
import { migrations } from '../runtime/folders.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { statusOfRegister } from './database.ts'
import { endInOrder } from './signals.ts'
import { complain, progressLine, say } from './terminal.ts'

const options = {
  json: { type: 'boolean', help: 'answer as JSON' },
} as const
type Given = Values<typeof options>

function target(): string {
  const { url } = movable()
  if (url === undefined)
    throw new UsageError(
      'Set MOVE_TARGET_URL, or MOVE_TARGET_URL_FILE with the file that holds it, to the empty PostgreSQL database to move to, such as postgres://homeroom:secret@db.school.example/homeroom',
    )
  return url
}

/** The screens say this in the language of whoever reads them, and a command in English: their words can be others. */
const words: Record<MovePhase, string> = {
  looking: 'Looking at every value',
  making: 'Making the tables',
  copying: 'Copying',
  indexes: 'Making indexes',
  comparing: 'Comparing every row',
  following: 'Following what people change',
  'changing over': 'Changing over',
  settling: 'Comparing once more, and checking references',
  clearing: 'Clearing up',
}

const share = ({ rows, of }: MoveProgress): string =>
  rows === undefined || of === undefined
    ? ''
    : `: ${rows} of ${of} rows${of ? ` (${Math.min(100, Math.floor((100 * rows) / of))} %)` : ''}`
const line = (progress: MoveProgress): string =>
  `${words[progress.phase]}${share(progress)}${progress.name ? `, ${progress.name}` : ''}`

async function watched<T>(work: (options: MoveOptions) => Promise<T>): Promise<T> {
  const { show, clear } = progressLine()
  let waited: string | undefined
  const tell = (progress: MoveProgress) => {
    show(line(progress))
    const { waits } = progress
    // Its numbers change all the time.
    const kind = waits?.replace(/\d+/g, '')
    if (waits && kind !== waited) complain(waits)
    waited = kind
  }
  try {
    return await work({ file: movable().file, url: target(), folder: migrations, tell })
  } finally {
    clear()
  }
}

async function requireCurrent(): Promise<void> {
  const { pending } = await statusOfRegister()
  if (pending.length && isMoving())
    throw new CommandError(
      'This move was begun with an older version: end it with that one, or run npx homeroom move stop and then npx homeroom migrate. Nothing was changed',
    )
  if (pending.length)
    throw new CommandError('The register is of an older version. Nothing was changed. Run npx homeroom migrate first')
}

function sayLeft({ left }: Moved): void {
  if (left.length) say(`These tables of the file are not the register's, and stay behind: ${left.join(', ')}`)
}
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

async function go(given: Given): Promise<void> {
  await requireCurrent()
  const moved = await watched(move)
  if (given.json) return say(JSON.stringify(moved))
  sayLeft(moved)
  const how =
    moved.rows === undefined
      ? ''
      : `: ${moved.rows} rows in ${seconds(moved.took)}, each compared with the file${moved.pause === undefined ? '' : `; for ${Math.ceil(moved.pause)} ms nobody could write`}`
  say(
    `The register has moved to ${moved.target}${how}. Set DATABASE_URL to that database before the next start. The file stays as it is, and takes no changes any more`,
  )
}

/** A rehearsal ends between two parts of its work, so that PostgreSQL keeps nobody's data. A second signal ends it at once. */
function unlessStopped(tell: MoveOptions['tell']): MoveOptions['tell'] {
  let isStopped = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      isStopped = true
      endInOrder()
    })
  return (progress) => {
    if (isStopped)
      throw new CommandError('The rehearsal was stopped. The database is empty again, and the register is where it was')
    tell(progress)
  }
}

async function tryOut(given: Given): Promise<void> {
  await requireCurrent()
  const tried = await watched((options) =>
    rehearse({ ...options, ...movable(), url: options.url, tell: unlessStopped(options.tell) }),
  )
  if (given.json) return say(JSON.stringify(tried))
  sayLeft(tried)
  say(
    `A copy of the register went to ${tried.target}: ${tried.rows} rows in ${seconds(tried.took)}, each compared with the file. The database is empty again, and the register is where it was`,
  )
}

async function takeBack(given: Given): Promise<void> {
  const isEmpty = await stop({ file: movable().file, url: target() })
  if (given.json) return say(JSON.stringify({ stopped: true, isEmpty }))
  say(
    `The move was stopped. The register stays with its file, and ${
      isEmpty
        ? 'the database is empty again'
        : 'PostgreSQL did not answer: what was copied is still there, so make that database anew before the next move'
    }`,
  )
}

const minutes = (ms: number): string =>
  ms < 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} minutes`
const goOn = 'run npx homeroom move to go on, or npx homeroom move stop to stay with the file'

function far({ progress }: MoveStatus): string {
  if (!progress) return ''
  const left = timeLeft(progress)
  const lasts = left === undefined ? '' : `, about ${minutes(left)} left`
  return ` ${line(progress)}${lasts}.${progress.waits ? ` ${progress.waits}.` : ''}`
}

const sentence = (found: MoveStatus): string => {
  const { state, target: where, step, isUnderWay, away } = found
  if (found.found?.length)
    return `The register is in ${where}, but ${found.found.length === 1 ? 'a row differs' : `${found.found.length} rows differ`} from the file: run npx homeroom move, which names them`
  if (state === 'moved' && step === undefined) return `The register has moved to ${where}`
  if (state === 'moved')
    return `The register has moved to ${where}.${isUnderWay ? far(found) : ' The last comparison has not ended: run npx homeroom move once more'}`
  if (step === 'active') return `The register is in ${where}: run npx homeroom move once more, which marks the file`
  if (away)
    return `The register is on its way to ${where}, and PostgreSQL did not answer (${away}).${far(found)} ${goOn}`
  if (isUnderWay) return `The register is on its way to ${where}, and people can work.${far(found)}`
  return `The register is on its way to ${where}, but nothing carries it on. It is in its file still, and people can work.${far(found)} Now ${goOn}`
}

async function tellStatus(given: Given): Promise<void> {
  await statusOfRegister()
  const found = await status(movable())
  if (given.json) return say(JSON.stringify(found ?? { state: 'none' }))
  say(found ? sentence(found) : 'No move of this register has begun')
}

async function acceptFound(given: Given): Promise<void> {
  const found = await accept({ file: movable().file, url: target() })
  if (given.json) return say(JSON.stringify({ accepted: found }))
  for (const each of found) say(each)
  say(found.length ? 'Accepted: nothing is left of the move' : 'Nothing differed')
}

const verbs = { go, rehearse: tryOut, stop: takeBack, status: tellStatus, accept: acceptFound } as const

/** A server that started it goes on with the move when it comes back: two movers would be in each other's way. */
function endWithServer(): void {
  if (!process.connected) return
  process.once('disconnect', () => process.exit(143))
  process.channel?.unref()
}

export const command = defineCommand({
  summary: 'Moves a register from its SQLite file to PostgreSQL while people work, and compares every row',
  usage: `move [--json]
       homeroom move rehearse | status | stop | accept [--json]`,
  options,
  positionals: 1,
  async run(given, [verb = 'go']) {
    if (!Object.hasOwn(verbs, verb))
      throw new UsageError(`There is no "move ${verb}", only "move", "move rehearse", "status", "stop" and "accept"`)
    movable()
    if (verb !== 'rehearse') endInOrder()
    endWithServer()
    await verbs[verb as keyof typeof verbs](given)
  },
})
