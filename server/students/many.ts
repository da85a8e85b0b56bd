import { dependentsOf } from '../kinds.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { addRows } from '../records/write.ts'
import { isEmptyAddress } from './addresses.ts'
import { createStudentInput } from './input.ts'
import { studentAddressKind, studentKind } from './kind.ts'
import { studentList } from './list.ts'

export const manyStudents = manyVerbsOf(studentKind, {
  item: createStudentInput,
  own: ({ addresses: _, ...fields }) => fields,
  dependents: dependentsOf('student'),
  ofList: studentList.whole,
  addWith(tx, { school }, added, items) {
    const addresses = items.flatMap((item, index) =>
      (item.addresses ?? [])
        .filter((address) => !isEmptyAddress(address))
        .map((address) => ({ ...address, studentId: added[index]?.id ?? '' })),
    )
    return addRows(tx, studentAddressKind, school.id, addresses)
  },
  restored: { mergedIntoId: null },
})
