import { ClassLinks } from '../classes/class-links.tsx'
import { departmentKind, useDepartmentChoices } from '../departments/department-kind.ts'
import type { ListColumn } from '../lists/list-columns.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { RecordFrame } from '../records/record-frame.tsx'
import { RecordLink } from '../records/record-link.tsx'
import { RecordsList } from '../records/records-list.tsx'
import type { CourseRow } from './course-kind.ts'
import { courseKind, courseWords } from './course-kind.ts'

/** '3.00' as it is said: 3. */
const useCredits = () => {
  const { number } = useFormats()
  return (credits: string | null) => credits && number(Number(credits))
}

export function useColumns(): ListColumn<CourseRow>[] {
  const { columns: heads } = useWords(courseWords)
  const { number, decimal } = useFormats()
  const credits = useCredits()
  return [
    { id: 'title', header: heads.title, width: 320, sortBy: ({ title }) => title },
    {
      id: 'code',
      header: heads.code,
      width: 140,
      sortBy: ({ code }) => code,
      cell: ({ code }) => <span className="dim">{code}</span>,
    },
    {
      id: 'credits',
      header: heads.credits,
      width: 90,
      sortBy: (row) => row.credits && Number(row.credits),
      file: (row) => (row.credits ? decimal(Number(row.credits)) : ''),
      cell: (row) => credits(row.credits),
    },
    {
      id: 'classes',
      header: heads.classes,
      width: 90,
      sortBy: ({ classes }) => classes,
      cell: ({ classes }) => number(classes),
    },
    {
      id: 'department',
      header: heads.department,
      from: 760,
      sortBy: ({ departmentName }) => departmentName,
    },
  ]
}

/** As the server takes them: '3' or '0.5'. */
const creditsIn = (text: string): string | null | undefined =>
  text === '' ? null : /^\d{1,4}(\.\d{1,2})?$/.test(text) ? text : undefined

function useCourseChanges(): Change[] {
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

export function ListPage() {
  const words = useWords(courseWords)
  return (
    <RecordsList
      kind={courseKind}
      useChanges={useCourseChanges}
      columns={useColumns()}
      textOf={({ title, code, departmentName }) => `${title} ${code ?? ''} ${departmentName ?? ''}`}
      under={({ code, classes }) => (
        <>
          {code && <span>{code}</span>}
          <span>{words.classes(classes)}</span>
        </>
      )}
    />
  )
}

export function RecordPage() {
  const words = useWords(courseWords)
  const credits = useCredits()
  return (
    <RecordFrame
      kind={courseKind}
      aside={({ code }) => code && <span className="dim digits">{code}</span>}
      facts={(course) => ({
        title: null,
        code: course.code,
        credits: credits(course.credits),
        departmentId: course.departmentId && (
          <RecordLink kind={departmentKind} id={course.departmentId} permission="department.read">
            {course.departmentName}
          </RecordLink>
        ),
      })}
    >
      {({ id }) => <ClassLinks filter={{ courseId: id }} none={words.noClasses} />}
    </RecordFrame>
  )
}
