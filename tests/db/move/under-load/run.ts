/** A register moves while processes write to it, and movers are killed: afterwards every acknowledged write must be there, once. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MovePoint } from '../../../../db/move/mover.ts'
import { endWithUs } from '../../../setup/end-with-us.ts'
import { on } from '../query.ts'

const folder = new URL('.', import.meta.url).pathname
const root = new URL('../../../..', import.meta.url).pathname

type Environment = Record<string, string>
function start(program: string, env: Environment): ChildProcess {
  const all = { ...process.env, DATABASE_DIRECT_URL: '', ...env }
  const child = spawn(process.execPath, ['--import', 'tsx', `${folder}${program}.ts`], {
    cwd: root,
    env: all,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  return endWithUs(child)
}

const textOf = (child: ChildProcess): (() => string) => {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (text += data))
  return () => text
}

/** Resolves with what it said once it has ended. */
async function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null; said: string }> {
  const said = textOf(child)
  const [code, signal] = await once(child, 'close')
  return { code, signal, said: said() }
}

export const points: MovePoint[] = [
  'captured',
  'made',
  'part',
  'copied',
  'round',
  'indexes',
  'compared',
  'fenced',
  'last round',
  'deciding',
  'activating',
  'active',
  'moved',
  'settled',
]

/** What happens to one mover: it dies at a point or after so many ms, or the database under it ends and comes back. */
export type End =
  | { point: MovePoint }
  | { after: number }
  | { after: number; halt(): Promise<void>; resume(): Promise<void> }

/** Before the move has begun, a PostgreSQL that is away is refused. */
async function hasBegun({ DATABASE_URL = '' }: Environment): Promise<boolean> {
  // What knows the database chooses it when it is loaded, and this process has none yet.
  const [{ inSource }, { moveOf }] = await Promise.all([
    import('../../../../db/move/source.ts'),
    import('../../../../db/move/moved.ts'),
  ])
  return inSource(DATABASE_URL.slice('file:'.length), moveOf) !== undefined
}

async function mover(env: Environment, end?: End): Promise<void> {
  const own = { ...env, MOVE_FOLLOWED: 'never' }
  const child = start('mover', end && 'point' in end ? { ...own, KILL_AT: end.point } : own)
  const over = ended(child)
  const struck = (async () => {
    if (!end || 'point' in end) return
    await Promise.race([sleep(end.after), over])
    if (!('halt' in end)) return void child.kill('SIGKILL')
    await end.halt()
    await sleep(500)
    await end.resume()
  })()
  const [{ code, signal, said }] = await Promise.all([over, struck])
  // Whoever waited at the fence may have decided already, without a mover; and one may have come to its end before it was struck.
  const isRefused = end && 'halt' in end && code === 1 && !(await hasBegun(env))
  if (code !== 0 && !isRefused && !(end && !('halt' in end) && signal === 'SIGKILL'))
    throw new Error(`a mover ended otherwise: ${JSON.stringify(end ?? 'by itself')}: ${said}`)
}

type Room = [id: string, seats: number, name: string]
interface Writer {
  child: ChildProcess
  /** After so many writes. */
  busy: Promise<void>
  rooms: Promise<Room[]>
}

function writer(env: Environment): Writer {
  const child = start('writer', env)
  let noticed = () => {}
  const busy = new Promise<void>((resolve) => {
    noticed = resolve
  })
  const errors = { text: '' }
  child.stderr?.on('data', (data) => (errors.text += data))
  const rooms = (async () => {
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      const said = JSON.parse(line)
      if (said.wrote >= 20) noticed()
      if (said.rooms) return said.rooms as Room[]
    }
    throw new Error(`a writer has ended: ${errors.text}`)
  })()
  return { child, busy, rooms }
}

export interface UnderLoad {
  file: string
  url: string
  /** Of one mover after another; the last one ends by itself. */
  ends: readonly End[]
  writers?: number
}

/** Resolves with how many rooms were compared. Throws where one was lost, doubled or differs. */
export async function moveUnderLoad({ file, url, ends, writers = 2 }: UnderLoad): Promise<number> {
  const env = { DATABASE_URL: `file:${file}`, MOVE_TARGET_URL: url }
  const all = Array.from({ length: writers }, () => writer(env))
  try {
    await Promise.race([Promise.all(all.map(({ busy }) => busy)), Promise.all(all.map(({ rooms }) => rooms))])
    for (const end of ends) await mover(env, end)
    await mover(env)
    const expected = (await Promise.all(all.map(({ rooms }) => rooms))).flat()
    return await compareRooms(url, expected)
  } finally {
    for (const { child } of all) child.kill('SIGKILL')
  }
}

async function compareRooms(url: string, expected: readonly Room[]): Promise<number> {
  const there = await on<{ id: string; seats: number; name: string }>(
    url,
    `select id, seats, name from rooms where name like 'room %'`,
  )
  const known = new Map(there.map(({ id, seats, name }) => [id, `${seats} ${name}`]))
  const wrong = expected.filter(([id, seats, name]) => known.get(id) !== `${seats} ${name}`)
  if (wrong.length || known.size !== expected.length)
    throw new Error(
      `${known.size} of ${expected.length} rooms are there; these differ: ${wrong
        .map(([id, seats, name]) => `${id}: ${seats} ${name}, not ${known.get(id)}`)
        .join('; ')}`,
    )
  return expected.length
}
