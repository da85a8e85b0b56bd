import { employments, instructorStatuses } from '../../db/values.ts'
import { useDepartmentChoices } from '../departments/department-kind.ts'
import { useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { instructorWords } from './instructor-kind.ts'

export function useInstructorChanges(): Change[] {
  const { statuses, employment, noEmployment, noDepartment, many } = useWords(instructorWords)
  const departments = useDepartmentChoices()
  return [
    {
      field: 'status',
      label: many.set.status,
      choices: instructorStatuses.map((value) => ({ value, label: statuses[value] })),
    },
    {
      field: 'employment',
      label: many.set.employment,
      choices: employments.map((value) => ({ value, label: employment[value] })),
      none: noEmployment,
    },
    { field: 'departmentId', label: many.set.departmentId, choices: departments, none: noDepartment },
  ]
}
