import { Button } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { lazy, Suspense, useState } from 'react'
import { enrollmentWords } from '../enrollments/enrollment-words.ts'
import { TimetableSection } from '../meetings/timetable-section.tsx'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { HistorySection } from '../records/history-section.tsx'
import { OthersHere } from '../records/others-here.tsx'
import { ArchivedNotice, RecordActions } from '../records/record-actions.tsx'
import { Together } from '../records/together.tsx'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import type { Inputs } from '../trpc.ts'
import { Facts, labeled } from '../ui/facts.tsx'
import { NotRead } from '../ui/not-read.tsx'
import '../ui/list-page.css'
import { ClassTeaching } from '../class-instructors/class-teaching.tsx'
import { useRooms } from '../classes/class-choices.ts'
import type { SchoolClass } from '../classes/class-kind.ts'
import { classKind } from '../classes/class-kind.ts'
import { Seats } from '../classes/class-seats.tsx'
import { classListWords, classWords } from '../classes/class-words.ts'
import { useRosterParts } from '../enrollments/class-roster.tsx'
import { ClassWaitlist } from '../enrollments/class-waitlist.tsx'
import { RosterSection } from '../enrollments/roster-section.tsx'
import { part } from '../part.ts'
import { BackLabel, Notice, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

const EnrollStudents = lazy(part(() => import('../enrollments/enroll-students.tsx')))
const route = getRouteApi('/$school/classes/$id')

function ClassFacts({ of }: { of: SchoolClass }) {
  const words = useWords(classWords)
  const { columns } = useWords(classListWords)
  const { capacity, roomId, roomName, terms } = of
  const rooms = useRooms(useMay('room.read'))
  const roomSeats = rooms.find(({ id }) => id === roomId)?.seats ?? null
  const isOver = capacity !== null && roomName !== null && roomSeats !== null && capacity > roomSeats
  const shown: Record<keyof Inputs['classes']['create'], ReactNode> = {
    title: null,
    code: null,
    courseId: of.courseTitle,
    roomId: roomName && words.room(roomName, roomSeats),
    capacity: <Seats {...of} />,
    academicSessionIds:
      terms.length > 0 &&
      terms.map(({ id, title, startDate, endDate }) => <div key={id}>{words.term(title, startDate, endDate)}</div>),
  }
  const labels = {
    courseId: columns.course,
    roomId: columns.room,
    capacity: words.seatsTaken,
    academicSessionIds: words.terms,
  }
  return (
    <>
      <Facts facts={labeled(shown, labels)} />
      {isOver && (
        <div className="after-facts">
          <Notice tone="warn">
            <p>{words.overRoom(capacity, roomName, roomSeats)}</p>
          </Notice>
        </div>
      )}
    </>
  )
}

function EnrollButton({ of }: { of: SchoolClass }) {
  const { enroll: words } = useWords(enrollmentWords)
  const mayWrite = useMay('enrollment.write') && !of.archivedAt
  const [isOpen, setOpen] = useState(false)
  if (!mayWrite) return null
  return (
    <>
      <Button className="within-reach" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setOpen(true)}>
        {words.open}
      </Button>
      {isOpen && (
        <Suspense>
          <EnrollStudents of={of} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

function PrintRoster({ id }: { id: string }) {
  const words = useWords(classWords)
  const mayReadGuardians = useMay('guardian.read')
  const { slug } = useSchool()
  return (
    <>
      <Link to="/$school/students" params={{ school: slug }} search={{ class: id }} className="section-link">
        {words.inList}
      </Link>
      <Link to="/$school/classes/$id/print" params={{ school: slug, id }} className="section-link">
        {words.printRoster}
      </Link>
      <Link to="/$school/classes/$id/photos" params={{ school: slug, id }} className="section-link">
        {words.photoSheet}
      </Link>
      {mayReadGuardians && (
        <>
          <Link to="/$school/classes/$id/emergency" params={{ school: slug, id }} className="section-link">
            {words.emergencySheet}
          </Link>
          <Link to="/$school/classes/$id/labels" params={{ school: slug, id }} className="section-link">
            {words.addressLabels}
          </Link>
        </>
      )}
    </>
  )
}

function ClassDetails({ of }: { of: SchoolClass }) {
  const words = useWords(classWords)
  const { roster, waiting } = useRosterParts(of)
  const isOver = of.capacity !== null && of.taken > of.capacity
  const next = isOver ? undefined : waiting.find(({ isArchived }) => !isArchived)
  return (
    <>
      <PageHead
        title={of.title}
        aside={of.code && <span className="dim digits">{of.code}</span>}
        actions={
          <>
            <RecordActions kind={classKind} record={of} />
            <EnrollButton of={of} />
          </>
        }
      />
      <OthersHere entity="class" entityId={of.id} />
      <Together>
        <ArchivedNotice archivedAt={of.archivedAt} />
        <div className="side-by-side">
          <div>
            <Section title={words.details}>
              <ClassFacts of={of} />
            </Section>
            <ClassTeaching of={of} />
            <TimetableSection of="class" id={of.id} />
          </div>
          <div>
            <ClassWaitlist of={of} waiting={waiting} />
            <RosterSection of={of} roster={roster} next={next && fullName(next)} actions={<PrintRoster id={of.id} />} />
          </div>
        </div>
        <HistorySection entity="class" id={of.id} />
      </Together>
    </>
  )
}

export function ClassPage() {
  const words = useWords(classWords)
  const { id } = route.useParams()
  const { slug, name } = useSchool()
  const trpc = useTrpc()
  const { data, error } = useQuery(trpc.classes.get.queryOptions({ id }))
  usePageTitle(data?.title ?? words.back, name)
  return (
    <div className="page">
      <Link to="/$school/classes" params={{ school: slug }} className="back">
        <BackLabel>{words.back}</BackLabel>
      </Link>
      {data && <ClassDetails of={data} />}
      {!data && !error && <Waiting />}
      {!data && error && <NotRead isPage error={error} />}
    </div>
  )
}
