import type { z } from 'zod'
import type { Transaction } from '../../../db/database.ts'
import { programs, students } from '../../../db/schema/index.ts'
import type { MutationContext } from '../../context.ts'
import { mutate } from '../../journal/operation.ts'
import type { ItemIssue } from '../../records/many.ts'
import { addMany, manyAnswer, Refusals, takenAmong } from '../../records/many.ts'
import { isEmptyAddress } from '../addresses.ts'
import type { CreateStudentInput } from '../input.ts'
import { createStudentInput } from '../input.ts'
import { studentAddressKind, studentKind } from '../kind.ts'
import type { CreateManyStudentsInput } from './input.ts'

const issuesOf = ({ issues }: z.ZodError): ItemIssue[] =>
  issues.map(({ code, path }) => ({ code, path: path.map(String).join('.') }))

/** Undefined where a student can't be saved as given. */
type Parsed = (CreateStudentInput | undefined)[]

function parse(items: CreateManyStudentsInput['students'], refusals: Refusals): Parsed {
  return items.map((item, index) => {
    const { data, error } = createStudentInput.safeParse(item)
    if (error) refusals.add(index, { reason: 'input.invalid', issues: issuesOf(error) })
    return data
  })
}

const given = (values: (string | null | undefined)[]) => values.flatMap((value) => value ?? [])

/** The first with a number keeps it; the others, and those whose number a student of the school has, are refused. */
async function refuseTakenNumbers(tx: Transaction, schoolId: number, items: Parsed, refusals: Refusals) {
  const numbers = given(items.map((item) => item?.number))
  const taken = await takenAmong(tx, students, students.number, schoolId, numbers)
  for (const [index, item] of items.entries()) {
    if (!item?.number) continue
    if (taken.has(item.number)) refusals.add(index, { reason: 'student.number_taken' })
    taken.add(item.number)
  }
}

async function refuseUnknownPrograms(tx: Transaction, schoolId: number, items: Parsed, refusals: Refusals) {
  const known = await takenAmong(tx, programs, programs.id, schoolId, given(items.map((item) => item?.programId)))
  for (const [index, item] of items.entries())
    if (item?.programId && !known.has(item.programId)) refusals.add(index, { reason: 'program.not_found' })
}

/** Adds all of them, or none: then `many.refused` names each that can't be added, and its fields. */
export function createManyStudents(ctx: MutationContext, input: CreateManyStudentsInput) {
  const schoolId = ctx.school.id
  return mutate(
    ctx,
    async (tx) => {
      const refusals = new Refusals(input.students.length)
      const items = parse(input.students, refusals)
      await refuseTakenNumbers(tx, schoolId, items, refusals)
      await refuseUnknownPrograms(tx, schoolId, items, refusals)
      refusals.throwIfAny()
      const sound = items.flatMap((item) => item ?? [])
      const added = await addMany(
        tx,
        studentKind,
        schoolId,
        sound.map(({ addresses: _, ...fields }) => fields),
      )
      const addresses = sound.flatMap((item, index) =>
        (item.addresses ?? [])
          .filter((address) => !isEmptyAddress(address))
          .map((address) => ({ ...address, studentId: added[index]?.after.id ?? '' })),
      )
      return [...added, ...(await addMany(tx, studentAddressKind, schoolId, addresses))]
    },
    async (_, changed) => manyAnswer(ctx, studentKind, changed, 'added'),
  )
}
