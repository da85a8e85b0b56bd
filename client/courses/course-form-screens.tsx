import { createCourseInput } from '../../server/courses/input.ts'
import { useDepartmentChoices } from '../departments/use-department-choices.ts'
import { useWords } from '../messages/messages.tsx'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import { formOf } from '../records/form-of.ts'
import { NewRecord } from '../records/new-record.tsx'
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
    departmentId: { is: 'reference', isWhole: true },
  },
  refusedAt: { 'course.code_taken': 'code', 'department.not_found': 'departmentId' },
  useDetails: (course) => ({
    departmentId: { choices: useDepartmentChoices(course), none: useWords(courseWords).noDepartment },
  }),
})
const form = { kind: courseKind, shape }

export const NewPage = () => <NewRecord {...form} />
export const EditPage = () => <EditRecord {...form} />
export const PastePage = () => <Paste {...form} />
