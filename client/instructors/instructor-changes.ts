import { employments, instructorStatuses } from '../../db/values.ts'
import { useDepartmentChoices } from '../departments/use-department-choices.ts'
import { useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { instructorWords } from './instructor-kind.ts'

/** What can be set in many instructors at once. */
export function useInstructorChanges(): Change[] {
  const { statuses, employment, noEmployment, noDepartment } = useWords(instructorWords)
  const departments = useDepartmentChoices()
  return [
    { field: 'status', choices: instructorStatuses.map((value) => ({ value, label: statuses[value] })) },
    {
      field: 'employment',
      choices: employments.map((value) => ({ value, label: employment[value] })),
      none: noEmployment,
    },
    { field: 'departmentId', choices: departments, none: noDepartment },
  ]
}
