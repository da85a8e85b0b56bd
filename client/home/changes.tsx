import { wallClock } from '../../db/wall-clock.ts'
import { Filled, RecordLink, slot } from '../history/filled.tsx'
import { useNameShown } from '../history/name-shown.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useSchool } from '../school.tsx'
import { Section } from '../ui/page.tsx'
import { homeWords } from './home-words.ts'
import type { Home } from './today.tsx'

type Change = Home['changes'][number]

/** 08:42, or "Yesterday, 16:10". */
function useWhen(date: string) {
  const words = useWords(homeWords)
  const { locale } = useFormats()
  const { timeZone } = useSchool()
  const times = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' })
  return (iso: string) => {
    const at = new Date(iso)
    return wallClock(at, timeZone).date === date ? times.format(at) : words.yesterday(times.format(at))
  }
}

function ChangeSentence({ change }: { change: Change }) {
  const words = useWords(homeWords)
  const { list } = useFormats()
  const nameShown = useNameShown()
  const { names, inClass } = change
  const links = names.map(({ entity, id, name }) => (
    <RecordLink key={id} entity={entity} id={id}>
      {nameShown(entity, name)}
    </RecordLink>
  ))
  const place = inClass && (
    <RecordLink key="class" entity="class" id={inClass.id}>
      {inClass.title}
    </RecordLink>
  )
  const text = words.change(change, list(names.map((_, index) => slot(index))), place && slot(names.length))
  return <Filled text={text} parts={[...links, place]} />
}

export function ChangesList({ home: { changes, date } }: { home: Home }) {
  const words = useWords(homeWords)
  const when = useWhen(date)
  return (
    <Section title={words.changes}>
      {changes.length === 0 && <p className="dim">{words.noChanges}</p>}
      {changes.length > 0 && (
        <ol className="changes" aria-label={words.changes}>
          {changes.map((change, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a list that is only ever replaced whole
            <li key={index}>
              <span>
                <ChangeSentence change={change} />
              </span>
              <time dateTime={change.at} className="dim digits">
                {when(change.at)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

/** A server of the release before tells each student alone. */
const newsOf = ({ rosterNews, rosterChanges }: Home) =>
  rosterNews ??
  rosterChanges.map(({ studentId, givenName, familyName, ...line }) => ({
    ...{ ...line, count: 1 },
    students: [{ id: studentId, givenName, familyName }],
  }))

type News = ReturnType<typeof newsOf>[number]

function NewsSentence({ news: { status, classId, classTitle, count, students } }: { news: News }) {
  const words = useWords(homeWords)
  const { list } = useFormats()
  const names = students.map(({ id, ...name }) => (
    <RecordLink key={id} entity="student" id={id}>
      {fullName(name)}
    </RecordLink>
  ))
  const who = students.length ? list(students.map((_, index) => slot(index))) : words.students(count)
  const place = (
    <RecordLink key="class" entity="class" id={classId}>
      {classTitle}
    </RecordLink>
  )
  return <Filled text={words.roster(status, count, who, slot(names.length))} parts={[...names, place]} />
}

/** Who came into an instructor's classes and who left, class by class. */
export function RosterNews({ home }: { home: Home }) {
  const words = useWords(homeWords)
  const news = newsOf(home)
  return (
    <Section title={words.rosters}>
      {news.length === 0 && <p className="dim">{words.noRosterChanges}</p>}
      {news.length > 0 && (
        <ul className="changes" aria-label={words.rosters}>
          {news.map((line) => (
            <li key={`${line.classId} ${line.status} ${line.students[0]?.id}`}>
              <span>
                <NewsSentence news={line} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
