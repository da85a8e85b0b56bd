import { createRoomInput } from '../../server/rooms/input.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import type { FormShape } from '../records/form-shape.ts'
import { numberIn, picked, textOf } from '../records/form-shape.ts'
import { NewRecord } from '../records/new-record.tsx'
import { TextField } from '../records/record-fields.tsx'
import type { RecordFormState } from '../records/use-record-form.ts'
import type { Room } from './room-kind.ts'
import { roomKind, roomWords } from './room-kind.ts'

const valuesOf = (room?: Room) => ({ name: textOf(room?.name), seats: textOf(room?.seats) })
export type RoomValues = ReturnType<typeof valuesOf>

export const roomForm: FormShape<Room, RoomValues> = {
  name: 'room',
  schema: createRoomInput,
  valuesOf,
  inputOf: (values, fields) => picked({ ...values, seats: numberIn(values.seats) }, fields),
  refusedAt: { 'room.name_taken': 'name' },
}

function RoomFields({ state }: { state: RecordFormState<RoomValues> }) {
  const words = useWords(roomWords)
  return (
    <fieldset>
      <TextField state={state} name="name" isFirst required />
      <TextField state={state} name="seats" isNumber description={words.seatsHint} />
    </fieldset>
  )
}

const pages = {
  kind: roomKind,
  shape: roomForm,
  fields: (state: RecordFormState<RoomValues>) => <RoomFields state={state} />,
}

export const NewPage = () => <NewRecord {...pages} />
export const EditPage = () => <EditRecord {...pages} />

const usePasteFields = ({ text }: CellReads) => [text('name'), text('seats')]

export const PastePage = () => <Paste kind={roomKind} shape={roomForm} useFields={usePasteFields} />
