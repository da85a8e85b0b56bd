import type { Transaction } from '../../db/database.ts'
import { allows } from '../access.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { dependentsOf } from '../kinds.ts'
import { sortName } from '../people.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { enterStudents, mirrorBefore, schoolEnrollmentKind } from '../school-enrollments/kind.ts'
import { numbered } from '../schools/student-numbers.ts'
import { linkGuardians } from '../student-guardians/kind.ts'
import { writeAddresses } from './addresses.ts'
import { contradicts, entering } from './entering.ts'
import type { CreateStudentInput, PasteStudentInput } from './input.ts'
import { pasteStudentChange, pasteStudentInput } from './input.ts'
import { studentKind } from './kind.ts'
import { studentList } from './list.ts'
import { requireMedical } from './medical.ts'

const moving = (all: readonly (readonly [id: string, item: Pick<CreateStudentInput, 'addresses'> | undefined])[]) =>
  new Map(all.flatMap(([id, item]) => (item?.addresses?.length ? [[id, item.addresses]] : [])))

type Given = readonly (readonly [id: string, item: Pick<PasteStudentInput, 'guardians'> | undefined])[]
function withGuardians(tx: Transaction, { school, actor }: MutationContext, all: Given, areNew: boolean) {
  const wanted = all.flatMap(([id, item]) => {
    const people = item?.guardians?.filter((one) => one !== null) ?? []
    return people.length ? [[id, people] as const] : []
  })
  if (wanted.length && !allows(actor, 'guardian.write')) throw new DomainError('permission.missing')
  return linkGuardians(tx, school.id, new Map(wanted), { areNew })
}

export const manyStudents = manyVerbsOf(studentKind, {
  item: pasteStudentInput,
  edit: pasteStudentChange,
  namesakes: ['sortName', sortName],
  own: ({ addresses: _, entryDate: __, guardians: ___, ...fields }) => fields,
  dependents: dependentsOf('student'),
  complete: numbered,
  ofList: studentList.whole,
  async refuse(_, ctx, items, refusals) {
    requireMedical(
      ctx,
      items.map((one) => one?.item),
    )
    for (const [index, one] of items.entries())
      if (one && contradicts(one.item)) refusals.add(index, { reason: 'student.status_by_days', field: 'status' })
  },
  bringUpToDate: mirrorBefore,
  async addWith(tx, ctx, added, items) {
    const all = added.map(({ id }, index) => [id, items[index]] as const)
    return [
      ...(await writeAddresses(tx, ctx, moving(all))),
      ...(await enterStudents(tx, ctx, entering(all))),
      ...(await withGuardians(tx, ctx, all, true)),
    ]
  },
  async changeWith(tx, ctx, edited, write) {
    const moved = await writeAddresses(tx, ctx, moving(edited.map(({ item, before }) => [before.id, item])))
    const touched = new Set(moved.map(({ after }) => String(after.studentId)))
    const changes = await write(({ id }) => touched.has(id))
    const followed = await schoolEnrollmentKind.follow(tx, ctx, changes)
    const entries = entering(edited.map(({ item, before }) => [before.id, item] as const))
    const people = edited.map(({ item, before }) => [before.id, item] as const)
    return [
      ...changes,
      ...moved,
      ...followed,
      ...(await enterStudents(tx, ctx, entries)),
      ...(await withGuardians(tx, ctx, people, false)),
    ]
  },
  follow: schoolEnrollmentKind.follow,
  restored: { mergedIntoId: null },
})
