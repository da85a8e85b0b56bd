/** What a mover that died between the fence and the last word has left is decided by whoever comes by, without it. */
import { Connection } from '../postgres/connection.ts'
import type { SourceMove, SourceState } from './moved.ts'
import { changeState, moveOf, requireSamePlace } from './moved.ts'
import { inSource } from './source.ts'
import { placeOf, stateOf, tryLockTarget } from './target.ts'

export interface RegisterOnItsWay {
  /** The register's file. */
  file: string
  /** MOVE_TARGET_URL. */
  url: string
}

const open: readonly SourceState[] = ['moving', 'deciding']

async function decided(target: Connection, { id, state }: SourceMove): Promise<'copying' | 'moved'> {
  if (state === 'moving') return 'copying'
  return (await stateOf(target, id)) === 'active' ? 'moved' : 'copying'
}

/**
 * 'busy': a mover lives, and will say. 'copying': the file is the register, and takes changes again. 'moved': PostgreSQL is, for
 * ever. Throws where PostgreSQL does not answer, and then nothing was changed.
 */
export async function recover({ file, url }: RegisterOnItsWay): Promise<'busy' | 'copying' | 'moved'> {
  const before = inSource(file, moveOf)
  if (!before || before.state === 'copying') return 'copying'
  if (before.state === 'moved') return 'moved'
  const target = new Connection(url)
  try {
    if (!(await tryLockTarget(target))) return 'busy'
    requireSamePlace(before, await placeOf(target, url))
    // Another may have decided before the lock was ours.
    const move = inSource(file, moveOf)
    if (!move || !open.includes(move.state)) return move?.state === 'moved' ? 'moved' : 'copying'
    const to = await decided(target, move)
    const { state: from, fence } = move
    const newFence = to === 'copying' ? null : fence
    return inSource(file, (client) => changeState(client, { from, to, fence, newFence }), 'write') ? to : 'busy'
  } finally {
    await target.end()
  }
}
