/** Any process decides what a mover that died between the fence and its last step has left open. */
import type BetterSqlite from 'better-sqlite3'
import { UnavailableError } from '../errors.ts'
import { Connection } from '../postgres/connection.ts'
import { changeState, moveOf, requireSamePlace } from './moved.ts'
import { heldSentence, inSource, inTurn, openToMark } from './source.ts'
import { placeOf, stateOf, tryLockTarget } from './target.ts'

export interface RegisterOnItsWay {
  file: string
  url: string
}

/** Only with the lock: then nobody else can make PostgreSQL the register, or take it for the file's. */
export async function decide(pen: BetterSqlite.Database, target: Connection): Promise<'copying' | 'moved'> {
  for (;;) {
    const move = moveOf(pen)
    if (!move || move.state === 'copying') return 'copying'
    if (move.state === 'moved') return 'moved'
    const { id, state: from, fence } = move
    const isActive = from === 'deciding' && (await stateOf(target, id)) === 'active'
    if (isActive) return 'moved'
    if (changeState(pen, { from, to: 'copying', fence, newFence: null })) return 'copying'
  }
}

/** In ms. While SQLite itself waits, nothing else of this process goes on, perhaps not even the write that holds the file. */
const blocksFor = 20
const patience = 5_000

/** 'busy': a mover lives and will decide. 'copying': the file takes changes again. 'moved': PostgreSQL is the register. Throws, and changes nothing, without PostgreSQL. */
export async function recover({ file, url }: RegisterOnItsWay): Promise<'busy' | 'copying' | 'moved'> {
  const before = inSource(file, moveOf)
  if (!before || before.state === 'copying') return 'copying'
  if (before.state === 'moved') return 'moved'
  const target = new Connection(url)
  const pen = openToMark(file, blocksFor)
  const begun = performance.now()
  const held = () => {
    if (performance.now() - begun > patience) throw new UnavailableError(heldSentence)
  }
  try {
    if (!(await tryLockTarget(target))) return 'busy'
    requireSamePlace(before, await placeOf(target, url))
    return await inTurn(async () => {
      const decided = await decide(pen, target)
      const move = moveOf(pen)
      if (decided === 'moved' && move?.state === 'deciding')
        changeState(pen, { from: 'deciding', to: 'moved', fence: move.fence })
      return decided
    }, held)
  } finally {
    pen.close()
    await target.end()
  }
}
