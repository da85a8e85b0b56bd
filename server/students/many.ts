import { dependentsOf } from '../kinds.ts'
import { sortName } from '../people.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { schoolEnrollmentKind } from '../school-enrollments/kind.ts'
import { writeAddresses } from './addresses.ts'
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
  own: ({ addresses: _, ...fields }) => fields,
  dependents: dependentsOf('student'),
  ofList: studentList.whole,
  addWith: (tx, ctx, added, items) => writeAddresses(tx, ctx, moving(added.map(({ id }, index) => [id, items[index]]))),
  async changeWith(tx, ctx, edited, write) {
    const moved = await writeAddresses(tx, ctx, moving(edited.map(({ item, before }) => [before.id, item])))
    const touched = new Set(moved.map(({ after }) => String(after.studentId)))
    const changes = await write(({ id }) => touched.has(id))
    return [...changes, ...moved, ...(await schoolEnrollmentKind.follow(tx, ctx, changes))]
  },
  follow: schoolEnrollmentKind.follow,
  restored: { mergedIntoId: null },
})
