/** PostgreSQL is the register, and people work there: the file, which nobody changes any more, is compared with it once more. */
import type { Connection } from '../postgres/connection.ts'
import { compareAll, countRows } from './carry.ts'
import { validateReferences } from './definitions.ts'
import { changeState, moveOf } from './moved.ts'
import type { Mover } from './mover.ts'
import { MoveError } from './mover.ts'
import { heldSentence, inTurn } from './source.ts'
import { activatedIn, clear, foundIn, noteFound } from './target.ts'

const seeing = 'begin isolation level repeatable read read only'

async function markMoved(mover: Mover): Promise<void> {
  const { pen, fencedAt, options } = mover
  const mark = () => {
    const move = moveOf(pen)
    return move?.state === 'deciding' && changeState(pen, { from: 'deciding', to: 'moved', fence: move.fence })
  }
  try {
    const isMarked = await inTurn(mark, () => options.tell({ phase: 'settling', waits: heldSentence }))
    if (!isMarked) return
    if (fencedAt !== undefined) mover.pause = performance.now() - fencedAt
  } catch (error) {
    throw new Error(
      `PostgreSQL is the register now; only the file does not say so yet. End what keeps others from writing to it, and run npx homeroom move once more (${(error as Error).message})`,
      { cause: error },
    )
  }
}

async function compareFirstMoment(mover: Mover, witness: Connection, of: number): Promise<string[]> {
  return witness.transaction(seeing, async (own, begun) => {
    await begun
    await own.send('select id from move')
    await markMoved(mover)
    mover.at('moved')
    return compareAll(mover, own, { of, phase: 'settling' })
  })
}

async function compareUnchanged(mover: Mover, of: number): Promise<string[]> {
  const { id, target } = mover
  const since = await activatedIn(target, id)
  return target.transaction(seeing, async (own, begun) => {
    await begun
    return compareAll(mover, own, { of, phase: 'settling', since })
  })
}

export const alarm = (file: string, found: string[]): MoveError =>
  new MoveError(
    `PostgreSQL is the register, and people work there, but it does not hold all that the file ${file} held. Keep the file, look at these rows in both, mend them in Homeroom, and tell the developers. Then run npx homeroom move accept`,
    found,
  )

/** Once, whatever ended in between; what was found is kept with PostgreSQL until somebody accepts it. Throws the alarm. */
export async function settle(mover: Mover): Promise<void> {
  const { id, target, options, witness } = mover
  const before = await foundIn(target, id)
  if (before.length) throw alarm(options.file, before)
  const of = countRows(mover.source)
  const isFirst = moveOf(mover.pen)?.state === 'deciding'
  const found = isFirst && witness ? await compareFirstMoment(mover, witness, of) : await compareUnchanged(mover, of)
  await markMoved(mover)
  if (found.length) await noteFound(target, id, found)
  await validateReferences(target, (name) => mover.say({ phase: 'settling', name }))
  await target.send('analyze')
  mover.at('settled')
  if (found.length) throw alarm(options.file, found)
  mover.say({ phase: 'clearing' })
  await clear(target, id)
}
