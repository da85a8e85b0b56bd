import { employments, instructorStatuses } from '../../db/values.ts'
import { createInstructorInput } from '../../server/instructors/input.ts'
import { useDepartmentChoices } from '../departments/department-kind.ts'
import { useWords } from '../messages/messages.tsx'
import { formScreens } from '../paste/form-screens.tsx'
import { formOf, personFields } from '../records/form-of.ts'
import { choicesOf } from '../records/form-shape.ts'
import type { Instructor } from './instructor-kind.ts'
import { instructorKind, instructorWords } from './instructor-kind.ts'

const shape = formOf<Instructor>()({
  name: 'instructor',
  schema: createInstructorInput,
  fields: {
    ...personFields,
    email: { is: 'email', section: 'work', isWhole: true },
    status: { is: 'oneOf', usual: 'active' },
    employment: { is: 'oneOf' },
    departmentId: { is: 'reference', to: 'department', isWhole: true },
  },
  useDetails(instructor) {
    const { statuses, employment, noEmployment, noDepartment } = useWords(instructorWords)
    return {
      status: { choices: choicesOf(instructorStatuses, statuses) },
      employment: { choices: choicesOf(employments, employment), none: noEmployment },
      departmentId: { choices: useDepartmentChoices(instructor), none: noDepartment },
    }
  },
  useLegends() {
    const { name, work } = useWords(instructorWords)
    return { name, work }
  },
})
export const { pasteKind, NewPage, EditPage, PastePage } = formScreens({
  kind: instructorKind,
  shape,
})
