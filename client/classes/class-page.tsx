import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { ArchivedNotice } from '../students/student-actions.tsx'
import '../students/student.css'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { Facts } from '../ui/facts.tsx'
import { BackLabel, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ClassRoster } from './class-roster.tsx'
import { instructorNames, Seats } from './classes-table.tsx'

const route = getRouteApi('/$school/classes/$id')
export type SchoolClass = Outputs['classes']['get']

function ClassDetails({ of }: { of: SchoolClass }) {
  const { class: words, classes } = useMessages()
  return (
    <>
      <PageHead title={of.title} aside={of.code && <span className="dim digits">{of.code}</span>} />
      <ArchivedNotice archivedAt={of.archivedAt} words={words.isArchived} />
      <div className="columns">
        <Facts
          facts={[
            [classes.columns.course, of.courseTitle],
            [classes.columns.instructors, instructorNames(of.instructors)],
            [classes.columns.room, of.roomName],
            [words.seatsTaken, <Seats key="seats" {...of} />],
            [
              words.terms,
              of.terms.length > 0 &&
                of.terms.map(({ id, title, startDate, endDate }) => (
                  <div key={id}>{words.term(title, startDate, endDate)}</div>
                )),
            ],
          ]}
        />
      </div>
      <Section title={words.roster}>
        <ClassRoster roster={of.roster} />
      </Section>
    </>
  )
}

export function ClassPage() {
  const messages = useMessages()
  const { id } = route.useParams()
  const { slug, name } = useSchool()
  const trpc = useTrpc()
  const { data, error } = useQuery(trpc.classes.get.queryOptions({ id }))
  usePageTitle(data?.title ?? messages.classes.title, name)
  return (
    <div className="page">
      <Link to="/$school/classes" params={{ school: slug }} className="back">
        <BackLabel>{messages.class.back}</BackLabel>
      </Link>
      {data && <ClassDetails of={data} />}
      {!data && !error && <Waiting label={messages.loading} />}
      {!data && error && <Empty isPage title={messages.errors.title} hint={sentenceOf(error, messages)} />}
    </div>
  )
}
