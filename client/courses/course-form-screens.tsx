import { createCourseInput } from '../../server/courses/input.ts'
import { useDepartmentChoices } from '../departments/department-kind.ts'
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
export const { NewPage, EditPage, PastePage } = formScreens({
  telling: { names: ['title'], apart: ['code'] },
  kind: courseKind,
  shape,
})
