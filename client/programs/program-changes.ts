import { programTypes } from '../../db/values.ts'
import { useDepartmentChoices } from '../departments/department-kind.ts'
import { useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { programWords } from './program-kind.ts'

export function useProgramChanges(): Change[] {
  const words = useWords(programWords)
  const departments = useDepartmentChoices()
  return [
    {
      field: 'type',
      label: words.many.set.type,
      choices: programTypes.map((value) => ({ value, label: words.types[value] })),
    },
    { field: 'departmentId', label: words.many.set.departmentId, choices: departments, none: words.noDepartment },
  ]
}
