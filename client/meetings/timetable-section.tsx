import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useMay, useSchool, useToday, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Empty } from '../ui/empty.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Section, Waiting } from '../ui/page.tsx'
import { groupMeetings } from './group-meetings.ts'
import { Marks } from './marks.tsx'
import { MeetingWhen } from './meeting-when.tsx'
import { timetableWords } from './timetable-words.ts'
import './timetable.css'
import { useThisWeek } from './use-this-week.ts'
import type { Week } from './week-grid.tsx'

type Of = Week['of']
interface TimetableSectionProps {
  of: Of
  id: string
}
export type Meetings = Outputs['meetings']['list']

export const OpenWeek = ({ of, id }: TimetableSectionProps) => {
  const { week: words } = useWords(timetableWords)
  const { slug } = useSchool()
  return (
    <Link to="/$school/timetable" params={{ school: slug }} search={{ of, id }} className="section-link">
      {words.open}
    </Link>
  )
}

/** A class's meetings, one line for each time of day; also on the page that changes them, of those planned for later. */
export function MeetingLines({ meetings, today }: { meetings: Meetings['meetings']; today: string }) {
  const { section } = useWords(timetableWords)
  return (
    <ul className="meeting-lines">
      {groupMeetings(meetings).map(({ key, one, ...days }) => (
        <li key={key}>
          <MeetingWhen {...days} one={one} />
          {one.roomName && <span>{one.roomName}</span>}
          {one.validFrom > today && <span className="dim">{section.from(one.validFrom)}</span>}
          {one.validTo && <span className="dim">{section.until(one.validTo)}</span>}
          <Marks {...one} />
        </li>
      ))}
    </ul>
  )
}

function ClassMeetings({ id }: { id: string }) {
  const messages = useMessages()
  const { section: words, week } = useWords(timetableWords)
  const { slug } = useSchool()
  const today = useToday()
  const { data, error } = useQuery(useTrpc().meetings.list.queryOptions({ classId: id }))
  const mayWrite = useMay('meeting.write') && data?.isArchived === false
  const isEmpty = data?.meetings.length === 0
  const change = (
    <LinkButton
      variant="default"
      to="/$school/classes/$id/meetings"
      params={{ school: slug, id }}
      state={{ wasOpenedHere: true }}
    >
      {isEmpty ? words.add : words.change}
    </LinkButton>
  )
  return (
    <Section
      title={week.title}
      actions={
        <>
          {!isEmpty && <OpenWeek of="class" id={id} />}
          {mayWrite && change}
        </>
      }
    >
      {data && !isEmpty && <MeetingLines meetings={data.meetings} today={today} />}
      {isEmpty && <Empty inPage title={words.noneYet} hint={words.noneYetHint} />}
      <Rest isWaiting={!data && !error} failure={!data && error && sentenceOf(error, messages)} />
    </Section>
  )
}

const Rest = ({ isWaiting, failure }: { isWaiting: boolean; failure: ReactNode }) => {
  return isWaiting ? <Waiting lines={2} /> : failure && <p className="dim">{failure}</p>
}

function ThisWeek({ of, id }: TimetableSectionProps) {
  const messages = useMessages()
  const words = useWords(timetableWords)
  const { slug } = useSchool()
  const { groups, isRead, error } = useThisWeek(of, id)
  return (
    <Section title={words.week.title} actions={<OpenWeek of={of} id={id} />}>
      {isRead && !groups.length && <p className="dim">{words.section.noneThisWeek}</p>}
      <ul className="meeting-lines">
        {groups.map(({ key, one, ...days }) => (
          <li key={key}>
            <MeetingWhen {...days} one={one} />
            <Link to="/$school/classes/$id" params={{ school: slug, id: one.classId }}>
              {one.classTitle}
            </Link>
            {of !== 'room' && one.roomName && <span className="dim">{one.roomName}</span>}
            <Marks {...one} />
          </li>
        ))}
      </ul>
      <Rest isWaiting={!isRead && !error} failure={error && sentenceOf(error, messages)} />
    </Section>
  )
}

/** On the page of a class, when it meets; on that of a room or an instructor, the week it is now. Both lead to the whole week. */
export const TimetableSection = ({ of, id }: TimetableSectionProps) =>
  of === 'class' ? <ClassMeetings id={id} /> : <ThisWeek of={of} id={id} />
