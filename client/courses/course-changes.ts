import { useDepartmentChoices } from '../departments/department-kind.ts'
import { useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { courseWords } from './course-kind.ts'

/** As the server takes them: '3' or '0.5'. */
const creditsIn = (text: string): string | null | undefined =>
  text === '' ? null : /^\d{1,4}(\.\d{1,2})?$/.test(text) ? text : undefined

export function useCourseChanges(): Change[] {
  const words = useWords(courseWords)
  const departments = useDepartmentChoices()
  return [
    { field: 'departmentId', label: words.many.set.departmentId, choices: departments, none: words.noDepartment },
    {
      field: 'credits',
      label: words.many.set.credits,
      fieldLabel: words.fields.credits,
      hint: words.creditsHint,
      wrong: words.wrong.credits,
      sent: creditsIn,
      nameOf: (typed) => words.credits(Number(typed)),
    },
  ]
}
