import type { MoveOptions, MoveProgress } from '../../db/move/carry.ts'
import { movable } from '../../db/move/movable.ts'
import type { Moved, MoveStatus } from '../../db/move/move.ts'
import { move, rehearse, status, stop } from '../../db/move/move.ts'
import { migrations } from '../runtime/folders.ts'
import type { Values } from './command.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { statusOfRegister } from './database.ts'
import { endInOrder } from './signals.ts'
import { progressLine, say } from './terminal.ts'

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

const words: Record<MoveProgress['phase'], string> = {
  looking: 'Looking at every value',
  making: 'Making the tables',
  copying: 'Copying',
  indexes: 'Making indexes and checking references',
  comparing: 'Comparing every row',
  'changing over': 'Changing over',
  clearing: 'Clearing up',
}

const share = ({ rows, of }: MoveProgress): string =>
  rows === undefined || of === undefined
    ? ''
    : `: ${rows} of ${of} rows${of ? ` (${Math.floor((100 * rows) / of)} %)` : ''}`

async function watched<T>(work: (options: MoveOptions) => Promise<T>): Promise<T> {
  const { show, clear } = progressLine()
  const tell = (progress: MoveProgress) =>
    show(`${words[progress.phase]}${share(progress)}${progress.name ? `, ${progress.name}` : ''}`)
  try {
    return await work({ file: movable().file, url: target(), folder: migrations, tell })
  } finally {
    clear()
  }
}

async function requireCurrent(): Promise<void> {
  const { pending } = await statusOfRegister()
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
    moved.rows === undefined ? '' : `: ${moved.rows} rows in ${seconds(moved.took)}, each compared with the file`
  say(
    `The register has moved to ${moved.target}${how}. Set DATABASE_URL to that database and start. The file stays as it is, and takes no changes any more`,
  )
}

async function tryOut(given: Given): Promise<void> {
  await requireCurrent()
  const tried = await watched((options) => rehearse({ ...options, ...movable(), url: options.url }))
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

const sentence = ({ state, target: where, step, rows }: MoveStatus): string => {
  if (state === 'moved') return `The register has moved to ${where}`
  if (step === 'active') return `The register is in ${where}: run npx homeroom move once more, which marks the file`
  const far = step === undefined ? '' : `: ${rows} rows are copied`
  return `The register is on its way to ${where}${far}. Run npx homeroom move to go on, or npx homeroom move stop`
}

async function tellStatus(given: Given): Promise<void> {
  await statusOfRegister()
  const found = await status(movable())
  if (given.json) return say(JSON.stringify(found ?? { state: 'none' }))
  say(found ? sentence(found) : 'No move of this register has begun')
}

const verbs = { go, rehearse: tryOut, stop: takeBack, status: tellStatus } as const

export const command = defineCommand({
  summary: 'Moves a register from its SQLite file to PostgreSQL, once its servers are stopped, and compares every row',
  usage: `move [--json]
       homeroom move rehearse | status | stop [--json]`,
  options,
  positionals: 1,
  async run(given, [verb = 'go']) {
    if (!Object.hasOwn(verbs, verb))
      throw new UsageError(`There is no "move ${verb}", only "move", "move rehearse", "status" and "stop"`)
    movable()
    endInOrder()
    await verbs[verb as keyof typeof verbs](given)
  },
})
