import { dependentsOf } from '../kinds.ts'
import { sortName } from '../people.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { enterStudents, mirrorBefore, schoolEnrollmentKind } from '../school-enrollments/kind.ts'
import { numbered } from '../schools/student-numbers.ts'
import { writeAddresses } from './addresses.ts'
import { contradicts, entering } from './entering.ts'
import type { CreateStudentInput } from './input.ts'
import { createStudentInput, updateStudentInput } from './input.ts'
import { studentKind } from './kind.ts'
import { studentList } from './list.ts'

const moving = (all: readonly (readonly [id: string, item: Pick<CreateStudentInput, 'addresses'> | undefined])[]) =>
  new Map(all.flatMap(([id, item]) => (item?.addresses?.length ? [[id, item.addresses]] : [])))

export const manyStudents = manyVerbsOf(studentKind, {
  item: createStudentInput,
  edit: updateStudentInput,
  namesakes: ['sortName', sortName],
  own: ({ addresses: _, entryDate: __, ...fields }) => fields,
  dependents: dependentsOf('student'),
  complete: numbered,
  ofList: studentList.whole,
  async refuse(_, __, items, refusals) {
    for (const [index, one] of items.entries())
      if (one && contradicts(one.item)) refusals.add(index, { reason: 'student.status_by_days', field: 'status' })
  },
  bringUpToDate: mirrorBefore,
  async addWith(tx, ctx, added, items) {
    const all = added.map(({ id }, index) => [id, items[index]] as const)
    return [...(await writeAddresses(tx, ctx, moving(all))), ...(await enterStudents(tx, ctx, entering(all)))]
  },
  async changeWith(tx, ctx, edited, write) {
    const moved = await writeAddresses(tx, ctx, moving(edited.map(({ item, before }) => [before.id, item])))
    const touched = new Set(moved.map(({ after }) => String(after.studentId)))
    const changes = await write(({ id }) => touched.has(id))
    const followed = await schoolEnrollmentKind.follow(tx, ctx, changes)
    const entries = entering(edited.map(({ item, before }) => [before.id, item] as const))
    return [...changes, ...moved, ...followed, ...(await enterStudents(tx, ctx, entries))]
  },
  follow: schoolEnrollmentKind.follow,
  restored: { mergedIntoId: null },
})
