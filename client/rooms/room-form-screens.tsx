import { createRoomInput } from '../../server/rooms/input.ts'
import { useWords } from '../messages/messages.tsx'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import { formOf } from '../records/form-of.ts'
import { NewRecord } from '../records/new-record.tsx'
import type { Room } from './room-kind.ts'
import { roomKind, roomWords } from './room-kind.ts'

const shape = formOf<Room>()({
  name: 'room',
  schema: createRoomInput,
  fields: { name: { is: 'text', required: true }, seats: { is: 'number' } },
  refusedAt: { 'room.name_taken': 'name' },
  useDetails: () => ({ seats: { hint: useWords(roomWords).seatsHint } }),
})
const form = { kind: roomKind, shape }

export const NewPage = () => <NewRecord {...form} />
export const EditPage = () => <EditRecord {...form} />
export const PastePage = () => <Paste {...form} />
