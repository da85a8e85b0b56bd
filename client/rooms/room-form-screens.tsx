import { createRoomInput } from '../../server/rooms/input.ts'
import { useWords } from '../messages/messages.tsx'
import { formScreens } from '../paste/form-screens.tsx'
import { formOf } from '../records/form-of.ts'
import type { Room } from './room-kind.ts'
import { roomKind, roomWords } from './room-kind.ts'

const shape = formOf<Room>()({
  name: 'room',
  schema: createRoomInput,
  fields: { name: { is: 'text', required: true }, seats: { is: 'number' } },
  useDetails: () => ({ seats: { hint: useWords(roomWords).seatsHint } }),
})
export const { pasteKind, NewPage, EditPage, PastePage } = formScreens({
  kind: roomKind,
  shape,
})
