import { ClassLinks } from '../classes/class-links.tsx'
import type { ListColumn } from '../lists/list-columns.ts'
import { TimetableSection } from '../meetings/timetable-section.tsx'
import { useFormats, useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { countIn } from '../records/many/change.ts'
import { RecordFrame } from '../records/record-frame.tsx'
import { RecordsList } from '../records/records-list.tsx'
import type { RoomRow } from './room-kind.ts'
import { roomKind, roomWords } from './room-kind.ts'

export function useColumns(): ListColumn<RoomRow>[] {
  const { columns: heads } = useWords(roomWords)
  const { number } = useFormats()
  return [
    { id: 'name', header: heads.name, width: 280, sortBy: ({ name }) => name },
    {
      id: 'seats',
      header: heads.seats,
      width: 100,
      sortBy: ({ seats }) => seats,
      cell: ({ seats }) => seats !== null && number(seats),
    },
    {
      id: 'classes',
      header: heads.classes,
      sortBy: ({ classes }) => classes,
      cell: ({ classes }) => number(classes),
    },
  ]
}

function useRoomChanges(): Change[] {
  const words = useWords(roomWords)
  return [
    {
      field: 'seats',
      label: words.many.set.seats,
      fieldLabel: words.fields.seats,
      hint: words.seatsHint,
      wrong: words.wrong.seats,
      sent: countIn,
      nameOf: (typed) => words.seats(Number(typed)),
    },
  ]
}

export function ListPage() {
  const words = useWords(roomWords)
  return (
    <RecordsList
      kind={roomKind}
      useChanges={useRoomChanges}
      columns={useColumns()}
      textOf={({ name }) => name}
      under={({ seats, classes }) => (
        <>
          {seats !== null && <span>{words.seats(seats)}</span>}
          <span>{words.classes(classes)}</span>
        </>
      )}
    />
  )
}

export function RecordPage() {
  const words = useWords(roomWords)
  const { number } = useFormats()
  return (
    <RecordFrame kind={roomKind} facts={({ seats }) => ({ name: null, seats: seats !== null && number(seats) })}>
      {({ id }) => (
        <>
          <TimetableSection of="room" id={id} />
          <ClassLinks filter={{ roomId: id }} none={words.noClasses} />
        </>
      )}
    </RecordFrame>
  )
}
