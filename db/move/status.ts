import { Connection } from '../postgres/connection.ts'
import type { SaidProgress, SourceMove } from './moved.ts'
import { moveOf, progressIn, requireSamePlace } from './moved.ts'
import { inSource } from './source.ts'
import type { TargetState } from './target.ts'
import { foundIn, placeOf, stateOf, tryLockTarget } from './target.ts'

export interface MoveStatus extends SourceMove {
  progress?: SaidProgress | undefined
  step?: TargetState | undefined
  found?: string[]
  isUnderWay?: boolean
  away?: string
}

type Asked = Pick<MoveStatus, 'step' | 'found' | 'isUnderWay'>

async function ask(begun: SourceMove, url: string): Promise<Asked> {
  const target = new Connection(url)
  try {
    requireSamePlace(begun, await placeOf(target, url))
    const step = await stateOf(target, begun.id)
    return { step, found: await foundIn(target, begun.id), isUnderWay: !(await tryLockTarget(target)) }
  } finally {
    await target.end()
  }
}

export async function status({
  file,
  url,
}: {
  file: string
  url: string | undefined
}): Promise<MoveStatus | undefined> {
  const begun = inSource(file, (client) => {
    const move = moveOf(client)
    return move && { ...move, progress: progressIn(client) }
  })
  if (!begun || !url) return begun
  try {
    return { ...begun, ...(await ask(begun, url)) }
  } catch (error) {
    return { ...begun, away: (error as Error).message }
  }
}

export function timeLeft({ rows, of, phaseSince, heardAt }: SaidProgress): number | undefined {
  if (!rows || of === undefined) return undefined
  return Math.max(0, ((heardAt - phaseSince) / rows) * (of - rows))
}
