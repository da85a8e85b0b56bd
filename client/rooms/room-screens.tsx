import { ClassLinks } from '../classes/class-links.tsx'
import type { ListColumn } from '../lists/list-columns.ts'
import { TimetableSection } from '../meetings/timetable-section.tsx'
import { useFormats, useWords } from '../messages/messages.tsx'
import { RecordFrame } from '../records/record-frame.tsx'
import { RecordsList } from '../records/records-list.tsx'
import { useRoomChanges } from './room-changes.ts'
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
