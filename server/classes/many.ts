import type { z } from 'zod'
import type { Reader } from '../../db/database.ts'
import type { MutationContext } from '../context.ts'
import { promoteWaitingIn, seatingsOf } from '../enrollments/seats.ts'
import { grouped } from '../grouped.ts'
import { dependentsOf } from '../kinds.ts'
import type { Collision } from '../meetings/collisions.ts'
import { holdMeetings, madeToCollide, toldConflicts } from '../meetings/hold.ts'
import { idsOf } from '../records/kind.ts'
import { changeChosen, chosen, manyVerbsOf } from '../records/many-verbs.ts'
import { requireReferences } from '../records/refer.ts'
import { Refusals } from '../records/refusals.ts'
import { changeRows } from '../records/write.ts'
import type { updateManyClassesInput } from './input.ts'
import { createClassInput } from './input.ts'
import type { ClassRow } from './kind.ts'
import { classKind } from './kind.ts'
import { classList } from './list.ts'
import { refuseUnknownTerms, writeTerms } from './terms.ts'
import { isLowered, meetingsWhere } from './update.ts'

type UpdateManyClasses = z.infer<typeof updateManyClassesInput>

/** Refuses a capacity below the number of students who hold a seat. */
async function refuseTooFew(
  tx: Reader,
  ctx: MutationContext,
  rows: readonly ClassRow[],
  capacity: number | null | undefined,
  refusals: Refusals,
): Promise<void> {
  if (typeof capacity !== 'number') return
  const lowered = new Set(idsOf(rows.filter((row) => isLowered(row, capacity))))
  const seatings = await seatingsOf(tx, ctx, lowered)
  for (const [index, { id }] of rows.entries()) {
    const taken = seatings.get(id)?.taken ?? 0
    const refusal = { reason: 'class.capacity_below', field: 'capacity', details: { taken } } as const
    if (taken > capacity) refusals.add(index, refusal)
  }
}

/** So many are told what they would collide with; of the others only that they would. */
const toldAtMost = 20

/** Throws `many.refused` for the classes that would collide with another in the room. */
async function refuseColliding(
  tx: Reader,
  ctx: MutationContext,
  rows: readonly ClassRow[],
  collisions: readonly Collision[],
): Promise<void> {
  const ofClass = grouped(collisions, ({ own }) => own.classId)
  const told = new Set([...ofClass.keys()].slice(0, toldAtMost))
  const refusals = new Refusals(rows.length)
  for (const [index, { id }] of rows.entries()) {
    const all = ofClass.get(id)
    const details = all && told.has(id) ? { conflicts: await toldConflicts(tx, ctx, all) } : undefined
    if (all) refusals.add(index, { reason: 'meeting.conflicts', field: 'roomId', details })
  }
  refusals.throwIfAny((index) => rows[index]?.id)
}

/** Writes all classes or none. New seats go to waiting students at once. */
const update = (ctx: MutationContext, input: UpdateManyClasses) =>
  changeChosen(ctx, 'change', classKind, input, async (tx) => {
    const rows = await chosen(tx, ctx, classKind, input, classList.whole)
    const { academicSessionIds, overrideReason, ...fields } = input.set
    await requireReferences(tx, ctx.school.id, classKind, fields)
    const refusals = new Refusals(rows.length)
    await refuseTooFew(tx, ctx, rows, fields.capacity, refusals)
    refusals.throwIfAny((index) => rows[index]?.id)
    const terms = new Map(academicSessionIds ? rows.map(({ id }) => [id, academicSessionIds]) : [])
    const moved = await writeTerms(tx, ctx, terms)
    const touched = new Set(moved.map(({ after }) => String(after.classId)))
    const change = () => changeRows(tx, classKind, rows, fields, ({ id }) => touched.has(id))
    const { changes, collisions } = await madeToCollide(tx, ctx, meetingsWhere(rows, fields.roomId), change)
    if (!overrideReason) await refuseColliding(tx, ctx, rows, collisions)
    const held = overrideReason ? await holdMeetings(tx, ctx, collisions, overrideReason) : []
    return [...changes, ...held, ...moved, ...(await promoteWaitingIn(tx, ctx, idsOf(rows)))]
  })

export const manyClasses = {
  ...manyVerbsOf(classKind, {
    item: createClassInput,
    own: ({ academicSessionIds: _, ...fields }) => fields,
    dependents: dependentsOf('class'),
    ofList: classList.whole,
    refuse: refuseUnknownTerms,
    addWith: (tx, ctx, added, items) => {
      const termsOf = added.map(({ id }, index) => [id, items[index]?.academicSessionIds ?? []] as const)
      return writeTerms(tx, ctx, new Map(termsOf))
    },
    settle: (tx, ctx, rows) => promoteWaitingIn(tx, ctx, idsOf(rows)),
  }),
  update,
}
