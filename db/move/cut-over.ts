/** From the fence to the commit that makes PostgreSQL the register: tens of ms in which nobody can write. */
import type BetterSqlite from 'better-sqlite3'
import { isBusy, isLostConnection } from '../errors.ts'
import { newId } from '../kit.ts'
import { failure } from '../postgres/socket.ts'
import { requireCaptured } from './capture.ts'
import { requireEqual } from './carry.ts'
import { requireShape } from './census.ts'
import { follow } from './follow.ts'
import { changeState, moveOf } from './moved.ts'
import type { Mover } from './mover.ts'
import { heldSentence, inTurn } from './source.ts'
import { activate, stateOf } from './target.ts'

const lastRoundLimitMs = 2_000
const activationLimit = 5_000

class LateError extends Error {
  override name = 'LateError'
}

const schemaOf = (client: BetterSqlite.Database): unknown => client.pragma('schema_version', { simple: true })

/** One commit. Throws where the tables or triggers of the file have changed since they were looked at. */
function putFenceUp({ pen }: Mover, fence: string): void {
  const looked = pen.transaction(() => {
    requireCaptured(pen)
    requireShape(pen)
    return schemaOf(pen)
  })()
  pen
    .transaction(() => {
      if (
        schemaOf(pen) !== looked ||
        !changeState(pen, { from: 'copying', to: 'moving', fence: null, newFence: fence })
      )
        throw new LateError('The file was changed by somebody else just now')
    })
    .immediate()
}

async function within<T>({ target }: Mover, limit: number, work: () => Promise<T>): Promise<T> {
  const late = setTimeout(() => target.lose(failure('ETIMEDOUT', 'the server has fallen silent')), limit)
  try {
    return await work()
  } finally {
    clearTimeout(late)
  }
}

async function lastRound(mover: Mover, fence: string): Promise<void> {
  const { id, source, target, pen, options } = mover
  const limit = options.limits?.lastRound ?? lastRoundLimitMs
  const since = performance.now()
  const at = () => mover.at('last round')
  const { found } = await within(mover, limit + 500, () => follow(source, target, { id, compares: true, limit, at }))
  requireEqual(found)
  if (performance.now() - since > limit) throw new LateError(`The last round took longer than ${limit} ms`)
  if (!changeState(pen, { from: 'moving', to: 'deciding', fence }))
    throw new LateError('Somebody else took the fence down')
}

/** Nothing was lost, and it is worth another try. */
const isLate = (error: unknown): boolean =>
  error instanceof LateError ||
  isBusy(error) ||
  (error as { code?: string }).code === '57014' ||
  (error as { code?: string }).code === '55P03'

/** True once PostgreSQL is the register; the file says 'deciding'. False when it took too long: the file takes changes. Throws where nobody knows, after a lost commit. */
export async function cutOver(mover: Mover): Promise<boolean> {
  const { id, pen, target, options } = mover
  const fence = newId()
  /** While it is 'moving', PostgreSQL can't be the register; from 'deciding' on it is not once its commit has failed. */
  const takeFenceDown = (from: 'moving' | 'deciding') => {
    const move = moveOf(pen)
    if (move?.state === from && move.fence === fence) changeState(pen, { from, to: 'copying', fence, newFence: null })
  }
  /** What holds the file has written nothing yet, as it would have met the fence. */
  const takeDown = (from: 'moving' | 'deciding') =>
    inTurn(
      () => takeFenceDown(from),
      () => options.tell({ phase: 'changing over', waits: heldSentence }),
    )
  const onExit = () => takeFenceDown('moving')
  let isCommitting = false
  process.once('exit', onExit)
  try {
    putFenceUp(mover, fence)
    mover.fencedAt = performance.now()
    mover.at('fenced')
    await lastRound(mover, fence)
    mover.at('deciding')
    const committing = () => {
      isCommitting = true
      mover.at('activating')
    }
    await within(mover, activationLimit, () => activate(target, id, committing))
    return true
  } catch (error) {
    await takeDown('moving')
    if (!isCommitting) await takeDown('deciding')
    if (isLostConnection(error)) throw error
    if ((await stateOf(target, id)) === 'active') return true
    await takeDown('deciding')
    if (isLate(error)) return false
    throw error
  } finally {
    process.removeListener('exit', onExit)
  }
}
