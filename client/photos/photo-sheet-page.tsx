import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { isInClass } from '../enrollments/enrollment-place.ts'
import { paperWords } from '../lists/list-words.ts'
import { Paper } from '../lists/paper.tsx'
import { useWords } from '../messages/messages.tsx'
import { fullName, instructorNames } from '../people.ts'
import { useSchool, useToday, useTrpc } from '../school.tsx'
import { Avatar } from '../students/avatar.tsx'
import { useGrades } from '../students/use-grades.ts'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, Waiting } from '../ui/page.tsx'
import { photoWords } from './photo-words.ts'
import './photos.css'

const route = getRouteApi('/$school/classes/$id/photos')
type SchoolClass = Outputs['classes']['get']

function Faces({ roster, title }: { roster: SchoolClass['roster']; title: string }) {
  const grades = useGrades()
  return (
    <ul className="photo-sheet" aria-label={title}>
      {roster.map(({ id, studentId, number, gradeLevel, ...names }) => (
        <li key={id}>
          <Avatar student={{ ...names, id: studentId }} size="sheet" />
          <span className="paper-name">{fullName(names)}</span>
          <span className="dim">{[number, gradeLevel && grades.name(gradeLevel)].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  )
}

function PhotoSheet({ of }: { of: SchoolClass }) {
  const words = useWords(photoWords)
  const paper = useWords(paperWords)
  const { slug } = useSchool()
  const today = useToday()
  const roster = of.roster.filter((one) => isInClass(one, today))
  const title = words.sheetOf(of.title)
  const without = roster.filter(({ photo }) => !photo).length
  return (
    <Paper
      title={title}
      term={of.terms.map((term) => term.title).join(', ') || undefined}
      facts={[
        of.code,
        instructorNames(of.instructors),
        of.roomName,
        paper.students(roster.length),
        without > 0 && words.without(without),
      ]}
      back={
        <Link to="/$school/classes/$id" params={{ school: slug, id: of.id }} className="back">
          <BackLabel>{paper.toClass}</BackLabel>
        </Link>
      }
      isReady={roster.length > 0}
    >
      {roster.length ? <Faces roster={roster} title={title} /> : <Empty inPage title={paper.noStudents} />}
    </Paper>
  )
}

export function PhotoSheetPage() {
  const { id } = route.useParams()
  const { data, error } = useQuery(useTrpc().classes.get.queryOptions({ id }))
  if (data) return <PhotoSheet of={data} />
  return <div className="page">{error ? <NotRead isPage error={error} /> : <Waiting />}</div>
}
