import { createCourseInput } from '../../server/courses/input.ts'
import { useDepartmentChoices, useNamedDepartments } from '../departments/use-department-choices.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import type { FieldOf, FormShape } from '../records/form-shape.ts'
import { textOf } from '../records/form-shape.ts'
import { NewRecord } from '../records/new-record.tsx'
import { labelIn, SelectField, TextField } from '../records/record-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import type { Course } from './course-kind.ts'
import { courseKind, courseWords } from './course-kind.ts'

const valuesOf = (course?: Course) => ({
  title: textOf(course?.title),
  code: textOf(course?.code),
  // Kept as '3.00', typed as 3.
  credits: course?.credits ? String(Number(course.credits)) : '',
  departmentId: textOf(course?.departmentId),
})
export type CourseValues = ReturnType<typeof valuesOf>

function useWritten() {
  const departments = useDepartmentChoices()
  return (values: CourseValues, field: FieldOf<CourseValues>) => labelIn(departments, values[field])
}

export const courseForm: FormShape<Course, CourseValues> = {
  name: 'course',
  schema: createCourseInput,
  valuesOf,
  refusedAt: { 'course.code_taken': 'code', 'department.not_found': 'departmentId' },
  useWritten,
}

function CourseFields({ state, record }: { state: RecordFormState<CourseValues>; record?: Course | undefined }) {
  const words = useWords(courseWords)
  const departments = useDepartmentChoices(record)
  return (
    <fieldset>
      <TextField state={state} name="title" isFirst isWhole required />
      <TextField state={state} name="code" />
      <TextField state={state} name="credits" />
      <SelectField state={state} name="departmentId" choices={departments} none={words.noDepartment} isWhole />
    </fieldset>
  )
}

const pages = {
  kind: courseKind,
  shape: courseForm,
  fields: (state: RecordFormState<CourseValues>, record?: Course) => <CourseFields state={state} record={record} />,
}

export const NewPage = () => <NewRecord {...pages} />
export const EditPage = () => <EditRecord {...pages} />

const usePasteFields = ({ text, reference }: CellReads) => [
  text('title'),
  text('code'),
  text('credits'),
  reference('departmentId', useNamedDepartments()),
]

export const PastePage = () => <Paste kind={courseKind} shape={courseForm} useFields={usePasteFields} />
