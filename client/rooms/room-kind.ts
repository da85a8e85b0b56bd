import { area } from '../messages/languages.ts'
import type { ListedKind } from '../records/record-kind.ts'
import type { Inputs, Outputs } from '../trpc.ts'

export type Room = Outputs['rooms']['get']
export type RoomRow = Outputs['rooms']['list'][number]

export const roomWords = area('rooms')

export const roomKind: ListedKind<Room, keyof Inputs['rooms']['create']> = {
  procedures: (trpc) => trpc.rooms,
  path: 'rooms',
  entity: 'room',
  write: 'room.write',
  nameOf: ({ name }) => name,
  words: roomWords,
}
