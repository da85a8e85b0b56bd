import { createCourseInput } from '../../server/courses/input.ts'
import { useDepartmentChoices } from '../departments/department-kind.ts'
import { decimalIn } from '../messages/digits.ts'
import { useWords } from '../messages/messages.tsx'
import { formScreens } from '../paste/form-screens.tsx'
import { formOf } from '../records/form-of.ts'
import type { Course } from './course-kind.ts'
import { courseKind, courseWords } from './course-kind.ts'

const shape = formOf<Course>()({
  name: 'course',
  schema: createCourseInput,
  fields: {
    title: { is: 'text', isWhole: true, required: true },
    code: { is: 'text' },
    // Kept as '3.00', typed as 3.
    credits: { is: 'text', of: ({ credits }) => credits && String(Number(credits)) },
    departmentId: { is: 'reference', to: 'department', isWhole: true },
  },
  useDetails: (course) => ({
    departmentId: { choices: useDepartmentChoices(course), none: useWords(courseWords).noDepartment },
  }),
})
export const { pasteKind, NewPage, EditPage, PastePage } = formScreens({
  kind: courseKind,
  shape,
  useOwn: ({ text }) => ({
    credits: { ...text('credits'), read: (cell: string) => ({ values: { credits: decimalIn(cell) } }) },
  }),
})
