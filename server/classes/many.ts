import type { z } from 'zod'
import type { Reader, Transaction } from '../../db/database.ts'
import type { classes as classTable } from '../../db/schema/index.ts'
import type { MutationContext } from '../context.ts'
import { promoteWaitingIn, seatingsOf } from '../enrollments/seats.ts'
import { grouped } from '../grouped.ts'
import type { Change } from '../journal/entry.ts'
import { dependentsOf } from '../kinds.ts'
import type { Collision } from '../meetings/collisions.ts'
import { holdMeetings, madeToCollide, toldConflicts } from '../meetings/hold.ts'
import { idsOf } from '../records/kind.ts'
import { changeChosen, chosen, manyVerbsOf } from '../records/many-verbs.ts'
import type { Edited } from '../records/paste.ts'
import { requireReferences } from '../records/refer.ts'
import { Refusals } from '../records/refusals.ts'
import { changeRows } from '../records/write.ts'
import type { CreateClassInput, updateManyClassesInput } from './input.ts'
import { createClassInput, updateClassInput } from './input.ts'
import type { ClassRow } from './kind.ts'
import { classKind } from './kind.ts'
import { classList } from './list.ts'
import { refuseUnknownTerms, termsByClass, writeTerms } from './terms.ts'
import { isLowered, meetingsWhere } from './update.ts'

type EditedClass = Edited<typeof classTable, CreateClassInput>
type UpdateManyClasses = z.infer<typeof updateManyClassesInput>

interface Resized {
  before: ClassRow
  capacity: number | null | undefined
}
/** Refuses a capacity below the number of students who hold a seat. */
async function refuseTooFew(
  tx: Reader,
  ctx: MutationContext,
  classes: readonly (Resized | undefined)[],
  refusals: Refusals,
): Promise<void> {
  const lowered = classes.map((one) =>
    one && typeof one.capacity === 'number' && isLowered(one.before, one.capacity) ? one : undefined,
  )
  const seatings = await seatingsOf(tx, ctx, new Set(lowered.flatMap((one) => one?.before.id ?? [])))
  for (const [index, one] of lowered.entries()) {
    const taken = (one && seatings.get(one.before.id)?.taken) ?? 0
    const refusal = { reason: 'class.capacity_below', field: 'capacity', details: { taken } } as const
    if (one && taken > Number(one.capacity)) refusals.add(index, refusal)
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
    const resized = rows.map((before) => ({ before, capacity: fields.capacity }))
    await refuseTooFew(tx, ctx, resized, refusals)
    refusals.throwIfAny((index) => rows[index]?.id)
    const terms = new Map(academicSessionIds ? rows.map(({ id }) => [id, academicSessionIds]) : [])
    const moved = await writeTerms(tx, ctx, terms)
    const touched = new Set(moved.map(({ after }) => String(after.classId)))
    const change = () => changeRows(tx, classKind, rows, fields, ({ id }) => touched.has(id))
    const where = meetingsWhere(rows.map((before) => ({ before, roomId: fields.roomId })))
    const { changes, collisions } = await madeToCollide(tx, ctx, where, change)
    if (!overrideReason) await refuseColliding(tx, ctx, rows, collisions)
    const held = overrideReason ? await holdMeetings(tx, ctx, collisions, overrideReason) : []
    return [...changes, ...held, ...moved, ...(await promoteWaitingIn(tx, ctx, idsOf(rows)))]
  })

/** Classes that each get content of their own; nobody says a reason to hold what collides. */
async function changeWith(
  tx: Transaction,
  ctx: MutationContext,
  edited: readonly EditedClass[],
  write: (isTouched: (row: ClassRow) => boolean) => Promise<Change[]>,
): Promise<Change[]> {
  const rows = edited.map(({ before }) => before)
  const terms = edited.flatMap(({ item, before }) =>
    item.academicSessionIds ? [[before.id, item.academicSessionIds] as const] : [],
  )
  const moved = await writeTerms(tx, ctx, new Map(terms))
  const touched = new Set(moved.map(({ after }) => String(after.classId)))
  const where = meetingsWhere(edited.map(({ item, before }) => ({ before, roomId: item.roomId })))
  const { changes, collisions } = await madeToCollide(tx, ctx, where, () => write(({ id }) => touched.has(id)))
  await refuseColliding(tx, ctx, rows, collisions)
  return [...changes, ...moved, ...(await promoteWaitingIn(tx, ctx, idsOf(rows)))]
}

export const manyClasses = {
  ...manyVerbsOf(classKind, {
    item: createClassInput,
    edit: updateClassInput,
    own: ({ academicSessionIds: _, ...fields }) => fields,
    namesakes: ['title', ({ title }: CreateClassInput) => title],
    told: termsByClass,
    dependents: dependentsOf('class'),
    ofList: classList.whole,
    async refuse(tx, ctx, items, refusals) {
      await refuseUnknownTerms(
        tx,
        ctx,
        items.map((one) => (one?.before ? undefined : one?.item)),
        refusals,
      )
      const resized = items.map((one) => one?.before && { before: one.before, capacity: one.item.capacity })
      await refuseTooFew(tx, ctx, resized, refusals)
    },
    changeWith,
    addWith: (tx, ctx, added, items) => {
      const termsOf = added.map(({ id }, index) => [id, items[index]?.academicSessionIds ?? []] as const)
      return writeTerms(tx, ctx, new Map(termsOf))
    },
    settle: (tx, ctx, rows) => promoteWaitingIn(tx, ctx, idsOf(rows)),
  }),
  update,
}
