import { setTimeout as sleep } from 'node:timers/promises'
import { isLostConnection } from '../errors.ts'
import { Connection } from '../postgres/connection.ts'
import { endCapture } from './capture.ts'
import type { SourceMove, SourceState } from './moved.ts'
import { askToStop, moveOf, requireSamePlace } from './moved.ts'
import type { RegisterOnItsWay } from './recover.ts'
import { decide } from './recover.ts'
import { inSource, openToMark } from './source.ts'
import { emptyTarget, lockTarget, placeOf, tryLockTarget } from './target.ts'

/** In ms: a mover looks once a second whether it is still wanted. */
const patience = 30_000
const askedEvery = 100

const gone = ({ target }: SourceMove) => new Error(`This register has moved to ${target}: there is nothing to stop`)

async function lockPatiently(target: Connection): Promise<void> {
  const deadline = performance.now() + patience
  while (!(await tryLockTarget(target))) {
    if (performance.now() > deadline) return lockTarget(target)
    await sleep(askedEvery)
  }
}

/** PostgreSQL is certainly not the register in these states, so it is not asked. */
const certain: readonly SourceState[] = ['copying', 'moving']

async function emptyIt(begun: SourceMove, { file, url }: RegisterOnItsWay): Promise<void> {
  const target = new Connection(url)
  const pen = openToMark(file)
  try {
    await lockPatiently(target)
    requireSamePlace(begun, await placeOf(target, url))
    if ((await decide(pen, target)) === 'moved') throw gone(begun)
    await emptyTarget(target, begun.id)
  } finally {
    pen.close()
    await target.end()
  }
}

function forget(file: string, begun: SourceMove): void {
  inSource(
    file,
    (client) => {
      const move = moveOf(client)
      if (move && (move.id !== begun.id || !certain.includes(move.state))) throw gone(move)
      endCapture(client)
    },
    'write',
  )
}

/** Ends a running mover and empties the target; the file keeps the register. False where PostgreSQL did not answer and still holds the copy. */
export async function stop(where: RegisterOnItsWay): Promise<boolean> {
  const { file } = where
  const begun = inSource(file, moveOf)
  if (!begun) throw new Error('No move of this register has begun')
  if (begun.state === 'moved') throw gone(begun)
  inSource(file, askToStop, 'write')
  const isEmpty = await emptyIt(begun, where).then(
    () => true,
    (error) => {
      if (isLostConnection(error) && certain.includes(begun.state)) return false
      throw error
    },
  )
  forget(file, begun)
  return isEmpty
}
