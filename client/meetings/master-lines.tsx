import { Link } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import { useWords } from '../messages/messages.tsx'
import { calledName } from '../people.ts'
import { useMay, useSchool } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Status } from '../ui/status.tsx'
import { masterWords } from './master-words.ts'
import type { Placed } from './place-blocks.ts'
import { minutesOf, placeBlocks } from './place-blocks.ts'
import { timetableWords } from './timetable-words.ts'

export type Master = Outputs['meetings']['master']
export type MasterLine = Master['lines'][number]
type Meeting = MasterLine['meetings'][number]

const pages = { room: '/$school/rooms/$id', instructor: '/$school/instructors/$id' } as const

/** The name leads to the page of the room or the instructor, for whoever may open it. */
function Named({ kind, id, children }: { kind: keyof typeof pages; id: string; children: string }) {
  const { slug } = useSchool()
  const mayOpen = useMay(`${kind}.read`)
  if (!mayOpen) return <span>{children}</span>
  return (
    <Link to={pages[kind]} params={{ school: slug, id }}>
      {children}
    </Link>
  )
}

function ClassName({ classId, title, code, opens }: Meeting) {
  const { slug } = useSchool()
  const name = (
    <>
      <span>{title}</span>
      {code && ' '}
      {code && <span className="master-code">{code}</span>}
    </>
  )
  if (!opens) return <span className="master-class">{name}</span>
  return (
    <Link className="master-class" to="/$school/classes/$id" params={{ school: slug, id: classId }}>
      {name}
    </Link>
  )
}

const joined = (parts: ReactNode[]) => parts.flatMap((part, index) => (index ? [', ', part] : [part]))

/** Where it is and with whom, but for what the line says already. */
function Details({ meeting: { room, instructors }, by }: { meeting: Meeting; by: Master['by'] }) {
  const { master: words } = useWords(masterWords)
  const people = instructors.map(({ id, name }) => (
    <Named key={id} kind="instructor" id={id}>
      {calledName(name)}
    </Named>
  ))
  const where = room && (
    <Named kind="room" id={room.id}>
      {room.name}
    </Named>
  )
  return (
    <span className="master-more">
      {by !== 'room' && <span>{where ?? words.noRoom}</span>}
      {by !== 'instructor' && <span>{people.length ? joined(people) : words.nobody}</span>}
    </span>
  )
}

/** Side by side with another class in one line, it is at the same time as that. */
function collidingIn({ block, lanes }: Placed<Meeting>): 'held' | 'new' | undefined {
  if (lanes === 1) return undefined
  return block.isHeldAnyway ? 'held' : 'new'
}

interface BlockProps {
  placed: Placed<Meeting>
  by: Master['by']
  first: number
  minutes: number
}
function Block({ placed, by, first, minutes }: BlockProps) {
  const words = useWords(timetableWords)
  const { master } = useWords(masterWords)
  const { block, start, length, lane, lanes } = placed
  const style = {
    '--start': (start - first) / minutes,
    '--share': length / minutes,
    '--lane': lane,
  } as CSSProperties
  return (
    <li className="master-block" style={style} data-collides={collidingIn(placed)}>
      {by !== 'time' && <span className="master-times">{words.times(block.startTime, block.endTime)}</span>}
      <ClassName {...block} />
      <Details meeting={block} by={by} />
      {lanes > 1 && (
        <Status tone={block.isHeldAnyway ? 'warn' : 'bad'}>
          {block.isHeldAnyway ? master.held(block.reason) : master.collides}
        </Status>
      )}
    </li>
  )
}

export interface Hours {
  /** Minutes since midnight, on the hour. */
  first: number
  last: number
}

/** A day of school, where nothing else is held. */
const usual: Hours = { first: 8 * 60, last: 16 * 60 }
export function hoursOf(lines: readonly MasterLine[]): Hours {
  const all = lines.flatMap(({ meetings }) => meetings)
  if (!all.length) return usual
  return {
    first: Math.min(...all.map(({ startTime }) => Math.floor(minutesOf(startTime) / 60) * 60)),
    last: Math.max(...all.map(({ endTime }) => Math.ceil(minutesOf(endTime) / 60) * 60)),
  }
}

interface CellProps {
  meetings: readonly Meeting[]
  by: Master['by']
  hours: Hours
  /** Said above the cell on a phone, where no head stands over its column. */
  head?: string
}
/** By time, classes stand side by side and don't collide by that. */
function Cell({ meetings, by, hours: { first, last }, head }: CellProps) {
  const placed = placeBlocks(meetings)
  const blocks = by === 'time' ? placed.map((one) => ({ ...one, lanes: 1 })) : placed
  const style = { '--lanes': Math.max(1, ...blocks.map(({ lanes }) => lanes)) } as CSSProperties
  if (!blocks.length) return <div className="master-cell" data-empty />
  return (
    <div className="master-cell">
      {head && <h3>{head}</h3>}
      <ol style={style}>
        {blocks.map((one) => (
          <Block key={`${one.block.id} ${one.block.date}`} placed={one} by={by} first={first} minutes={last - first} />
        ))}
      </ol>
    </div>
  )
}

function LineHead({ line, by }: { line: MasterLine; by: Master['by'] }) {
  const words = useWords(timetableWords)
  const { master } = useWords(masterWords)
  const [start = '', end = ''] = line.id.split(' ')
  const [first] = line.meetings
  if (line.isOfClass && first && by !== 'time')
    return (
      <div className="master-head">
        <h2>
          <ClassName {...first} />
        </h2>
        <span className="dim">{by === 'room' ? master.noRoom : master.nobody}</span>
      </div>
    )
  return (
    <div className="master-head">
      <h2>
        {by === 'time' ? (
          words.times(start, end)
        ) : (
          <Named kind={by} id={line.id}>
            {by === 'room' ? line.name : calledName(line.name)}
          </Named>
        )}
      </h2>
      {line.seats !== null && <span className="dim">{master.seats(line.seats)}</span>}
      {by === 'room' && !line.meetings.length && <span className="dim">{master.free}</span>}
    </div>
  )
}

interface MasterLinesProps {
  lines: readonly MasterLine[]
  by: Master['by']
  /** Of a week, the days that are shown; of one day, that. */
  days: readonly string[]
}
/** A line for each room, instructor or time: of a day its hours, of a week its days from left to right. */
export function MasterLines({ lines, by, days }: MasterLinesProps) {
  const words = useWords(timetableWords)
  const hours = hoursOf(lines)
  const isWeek = days.length > 1
  const view = by === 'time' ? 'time' : isWeek ? 'week' : 'day'
  const count = (hours.last - hours.first) / 60
  const heads = isWeek
    ? days.map((day) => words.dayHead(day))
    : Array.from({ length: count }, (_, n) => words.time(`${String(hours.first / 60 + n).padStart(2, '0')}:00`))
  const style = { '--columns': heads.length } as CSSProperties
  return (
    <div className="master" data-view={view} style={style}>
      {view !== 'time' && (
        <div className="master-columns" aria-hidden>
          {heads.map((head) => (
            <span key={head}>{head}</span>
          ))}
        </div>
      )}
      <ul className="master-lines">
        {lines.map((line) => (
          <li key={line.id} className="master-line">
            <LineHead line={line} by={by} />
            {days.map((day, index) => (
              <Cell
                key={day}
                meetings={isWeek ? line.meetings.filter(({ date }) => date === day) : line.meetings}
                by={by}
                hours={hours}
                {...(isWeek && { head: heads[index] ?? day })}
              />
            ))}
          </li>
        ))}
      </ul>
    </div>
  )
}
