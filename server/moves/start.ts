import { namedTarget, registerFile, toldMove } from '../../db/move/told.ts'
import type { MoveVerb } from '../../db/values.ts'
import { requireOwner } from '../auth/owners.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isOn } from '../flags/is-on.ts'
import { mutateRegister } from '../journal/register.ts'
import { primary } from './primary.ts'
import { readMove } from './read.ts'
import type { Run } from './run.ts'
import { isUnderWay, lastRun, newRun, put } from './run.ts'

function place(ctx: MutationContext) {
  const { ask, pid } = primary()
  if (!isOn(ctx, 'move-page')) throw new DomainError('permission.missing')
  if (registerFile === null) throw new DomainError('move.done')
  const target = namedTarget()
  if (target === null) throw new DomainError('move.no_target')
  if (!ask) throw new DomainError('move.no_server')
  return { ask, pid, file: registerFile, target }
}

type Place = ReturnType<typeof place>
const runBy = ({ actor, now, operation }: MutationContext, { pid, file, target }: Place, verb: MoveVerb): Run =>
  newRun({ id: operation.id, verb, startedAt: now, startedBy: actor.userId, pid, place: file.slice(-1000), target })

async function start(ctx: MutationContext, verb: MoveVerb) {
  const { db, actor, now, operation } = ctx
  const here = place(ctx)
  const isMoving = (await toldMove(db)) !== null
  await mutateRegister(db, { ...operation, actorId: actor.userId, at: now }, async (tx) => {
    await requireOwner(tx, actor.userId)
    const before = await lastRun(tx)
    if (isUnderWay(before) || (isMoving && verb === 'rehearse')) throw new DomainError('move.under_way')
    return put(tx, runBy(ctx, here, verb))
  })
  if (isUnderWay(await lastRun(db))) await here.ask(verb)
  return readMove(ctx)
}

/** Goes on where a move has been begun. Throws `move.under_way`, `move.no_target`, `move.no_server`. */
export const startMove = (ctx: MutationContext) => start(ctx, 'move')
export const rehearseMove = (ctx: MutationContext) => start(ctx, 'rehearse')

/** The register stays with its file. Throws `move.none` where nothing is under way. */
export async function stopMove(ctx: MutationContext) {
  const { db, actor, now, operation } = ctx
  const here = place(ctx)
  const isMoving = (await toldMove(db)) !== null
  await mutateRegister(db, { ...operation, actorId: actor.userId, at: now }, async (tx) => {
    await requireOwner(tx, actor.userId)
    const before = await lastRun(tx)
    if (!isMoving && !isUnderWay(before)) throw new DomainError('move.none')
    // A move at a command line has no row yet.
    if (before?.outcome !== null) return put(tx, { ...runBy(ctx, here, 'move'), stopAskedAt: now })
    return put(tx, { ...before, version: before.version + 1, stopAskedAt: now }, before)
  })
  await here.ask('stop')
  return readMove(ctx)
}
