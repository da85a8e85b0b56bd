/**
 * The move as a small machine: every order in which a mover, a second one, two servers, a person who stops the move, crashes and a
 * PostgreSQL that loses its connections can act, on a register of one row that counts. The steps are those of db/move/.
 */

type FileState = 'none' | 'copying' | 'moving' | 'deciding' | 'moved'
type Mover = 'away' | 'copying' | 'compared' | 'fenced' | 'last round' | 'deciding' | 'active' | 'marked'

export interface World {
  file: FileState
  /** Whose fence it is. */
  fence: 0 | 1 | 2
  /** What the file holds, and what its log has noted up to. */
  value: number
  log: number
  target: { value: number; applied: number; state: 'none' | 'copying' | 'compared' | 'active' }
  /** The session that has the lock; a session that has ended has none. */
  lock: 0 | 1 | 2
  movers: [Mover, Mover]
  /** Whether a mover's session lives: what it sends after that is lost. */
  sessions: [boolean, boolean]
  /** What a server has acknowledged, on either database. */
  acked: number
  writes: number
  crashes: number
  stops: number
  /** What the last comparison sees on PostgreSQL. */
  witnessed: number | null
}

export const beginning: World = {
  file: 'none',
  fence: 0,
  value: 0,
  log: 0,
  target: { value: 0, applied: 0, state: 'none' },
  lock: 0,
  movers: ['away', 'away'],
  sessions: [false, false],
  acked: 0,
  writes: 0,
  crashes: 0,
  stops: 0,
  witnessed: null,
}

/** What the search leaves out to see that it would be found. */
export interface Faults {
  /** A fence without a name: any mover takes it down. */
  anonymousFence?: boolean
  /** The last round is left out. */
  noLastRound?: boolean
  /** Servers take PostgreSQL for the register as soon as that says so. */
  servesEarly?: boolean
  /** Whoever finds 'deciding' gives the register back without asking PostgreSQL. */
  guesses?: boolean
  /** A mover goes on where its lock was lost. */
  activatesWithoutLock?: boolean
  /** Changes are not noted while the copy goes on. */
  notesLate?: boolean
  /** Nothing is compared before the change-over. */
  comparesNothing?: boolean
}

export interface Step {
  name: string
  to: World
}

const most = { writes: 2, crashes: 2, stops: 1 }

/** A server writes to the file unless the fence is up, and to PostgreSQL only once the file says that it has moved. */
function* serverSteps(world: World, faults: Faults): Generator<Step> {
  if (world.writes === most.writes) return
  const { file, value, log, target, acked, writes } = world
  const said = { acked: acked + 1, writes: writes + 1 }
  const notes = file === 'copying' && !(faults.notesLate && target.state !== 'compared')
  if (file === 'none' || file === 'copying')
    yield { name: 'write to the file', to: { ...world, ...said, value: value + 1, log: notes ? log + 1 : log } }
  if (file === 'moved' || (faults.servesEarly && target.state === 'active'))
    yield { name: 'write to PostgreSQL', to: { ...world, ...said, target: { ...target, value: target.value + 1 } } }
}

/** Whoever has the lock decides what another has left: PostgreSQL's word counts. */
const decided = (world: World, faults: Faults): World => {
  if (world.file !== 'moving' && world.file !== 'deciding') return world
  const isActive = world.file === 'deciding' && world.target.state === 'active' && !faults.guesses
  return isActive ? { ...world, file: 'moved' } : { ...world, file: 'copying', fence: 0 }
}

function* recoverSteps(world: World, faults: Faults): Generator<Step> {
  if (world.lock === 0 && (world.file === 'moving' || world.file === 'deciding'))
    yield { name: 'a server decides', to: decided(world, faults) }
}

function* stopSteps(world: World, faults: Faults): Generator<Step> {
  if (world.lock !== 0 || world.stops === most.stops || world.file === 'none') return
  const after = decided(world, faults)
  if (after.file === 'moved') return
  const target = { value: 0, applied: 0, state: 'none' as const }
  yield { name: 'stop', to: { ...after, file: 'none', log: 0, fence: 0, target, stops: world.stops + 1 } }
}

const withMover = (world: World, who: 0 | 1, mover: Mover): World => {
  const movers: [Mover, Mover] = [...world.movers]
  movers[who] = mover
  return { ...world, movers }
}
const round = ({ target, value, log }: World): World['target'] =>
  target.applied === log ? target : { ...target, value, applied: log }

/** A mover begins with the lock alone, and finds the file in any state. */
function* beginSteps(world: World, who: 0 | 1, faults: Faults): Generator<Step> {
  if (world.lock !== 0) return
  const sessions: [boolean, boolean] = [...world.sessions]
  sessions[who] = true
  const begun: World = { ...decided(world, faults), lock: (who + 1) as 1 | 2, sessions }
  const next: Mover = begun.file === 'moved' ? 'marked' : begun.target.state === 'compared' ? 'compared' : 'copying'
  const file = begun.file === 'none' ? 'copying' : begun.file
  yield { name: `mover ${who + 1} begins`, to: withMover({ ...begun, file }, who, next) }
}

/** True where what this mover sends to PostgreSQL arrives. */
const reaches = (world: World, who: 0 | 1, faults: Faults): boolean =>
  world.sessions[who] || Boolean(faults.activatesWithoutLock)
const ownsFence = (world: World, who: 0 | 1, faults: Faults): boolean =>
  faults.anonymousFence ? world.fence !== 0 : world.fence === who + 1

/** What is copied may be old by the time it is compared; a row that differs ends the move, and nothing is lost. */
function* copySteps(world: World, who: 0 | 1, faults: Faults): Generator<Step> {
  const { target, value, log } = world
  if (target.state === 'none')
    yield { name: `mover ${who + 1}: copies`, to: { ...world, target: { value, applied: log, state: 'copying' } } }
  if (target.state !== 'copying') return
  const followed = round(world)
  if (followed.value === value || faults.comparesNothing)
    yield {
      name: `mover ${who + 1}: compares`,
      to: withMover({ ...world, target: { ...followed, state: 'compared' } }, who, 'compared'),
    }
}

function* moverSteps(world: World, who: 0 | 1, faults: Faults): Generator<Step> {
  const mover = world.movers[who]
  const named = (name: string, to: World, next: Mover): Step => ({
    name: `mover ${who + 1}: ${name}`,
    to: withMover(to, who, next),
  })
  const live = reaches(world, who, faults)
  if (mover === 'away') yield* beginSteps(world, who, faults)
  if (mover === 'copying' && live && world.file === 'copying') yield* copySteps(world, who, faults)
  if (mover === 'compared' && live) yield named('a round', { ...world, target: round(world) }, 'compared')
  if (mover === 'compared' && live && world.file === 'copying')
    yield named('fence', { ...world, file: 'moving', fence: (who + 1) as 1 | 2 }, 'fenced')
  if (mover === 'fenced' && live)
    yield named('the last round', { ...world, target: faults.noLastRound ? world.target : round(world) }, 'last round')
  if (mover === 'last round' && world.file === 'moving' && ownsFence(world, who, faults))
    yield named('says deciding', { ...world, file: 'deciding' }, 'deciding')
  if (mover === 'deciding' && live && world.target.state === 'compared')
    yield named('PostgreSQL is active', { ...world, target: { ...world.target, state: 'active' } }, 'active')
  if (mover === 'active' && world.file === 'deciding' && ownsFence(world, who, faults))
    yield named('says moved', { ...world, file: 'moved', witnessed: world.target.value }, 'marked')
  yield* failingSteps(world, who, faults)
}

/** Its own fence comes down as long as PostgreSQL can't be the register; a lost connection ends the mover. */
function* failingSteps(world: World, who: 0 | 1, faults: Faults): Generator<Step> {
  const mover = world.movers[who]
  if (mover === 'away') return
  if ((mover === 'fenced' || mover === 'last round') && ownsFence(world, who, faults) && world.file !== 'moved') {
    if (world.file === 'moving' || faults.anonymousFence)
      yield {
        name: `mover ${who + 1}: takes the fence down`,
        to: withMover({ ...world, file: 'copying', fence: 0 }, who, world.sessions[who] ? 'compared' : 'away'),
      }
  }
  if (world.crashes === most.crashes) return
  const sessions: [boolean, boolean] = [...world.sessions]
  sessions[who] = false
  const lock = world.lock === who + 1 ? 0 : world.lock
  const lost: World = { ...world, sessions, lock, crashes: world.crashes + 1 }
  yield { name: `mover ${who + 1} dies`, to: withMover(lost, who, 'away') }
  if (world.sessions[who]) yield { name: `mover ${who + 1} loses its connection`, to: lost }
}

export function* steps(world: World, faults: Faults): Generator<Step> {
  yield* serverSteps(world, faults)
  yield* recoverSteps(world, faults)
  yield* stopSteps(world, faults)
  yield* moverSteps(world, 0, faults)
  yield* moverSteps(world, 1, faults)
}

/** A sentence where something is wrong that must never be. */
export function fault(world: World): string | undefined {
  const { file, target, acked, value } = world
  const isFileOpen = file === 'none' || file === 'copying'
  if (isFileOpen && target.state === 'active') return 'both take writes'
  if (target.state === 'active' ? target.value !== acked : value !== acked)
    return 'an acknowledged write is not in the register'
  if (file === 'moved' && target.state !== 'active') return 'neither is the register'
  if (world.witnessed !== null && world.witnessed !== value) return 'the last comparison sees what came later'
  return undefined
}

export interface Searched {
  worlds: number
  moved: number
  /** The steps that lead to it. */
  found?: string[]
}

export function search(faults: Faults = {}): Searched {
  const seen = new Map<string, { from: string; by: string } | undefined>([[JSON.stringify(beginning), undefined]])
  const open: World[] = [beginning]
  let moved = 0
  for (let world = open.pop(); world; world = open.pop()) {
    const from = JSON.stringify(world)
    const wrong = fault(world)
    if (wrong) return { worlds: seen.size, moved, found: [...path(seen, from), wrong] }
    if (world.file === 'moved') moved++
    for (const { name, to } of steps(world, faults)) {
      const key = JSON.stringify(to)
      if (seen.has(key)) continue
      seen.set(key, { from, by: name })
      open.push(to)
    }
  }
  return { worlds: seen.size, moved }
}

function path(seen: Map<string, { from: string; by: string } | undefined>, end: string): string[] {
  const all: string[] = []
  for (let step = seen.get(end); step; step = seen.get(step.from)) all.unshift(step.by)
  return all
}
