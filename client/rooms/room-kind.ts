import { rooms } from '../messages/en-rooms.ts'
import type { Area } from '../messages/messages.tsx'
import type { ListedKind } from '../records/record-kind.ts'
import type { Outputs } from '../trpc.ts'

export type Room = Outputs['rooms']['get']
export type RoomRow = Outputs['rooms']['list'][number]

export const roomWords: Area<ReturnType<typeof rooms>> = { en: rooms }

export const roomKind: ListedKind<Room> = {
  feature: 'rooms',
  path: 'rooms',
  entity: 'room',
  write: 'room.write',
  nameOf: ({ name }) => name,
  words: roomWords,
}
