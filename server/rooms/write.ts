import { dependentsOf } from '../kinds.ts'
import { manyVerbsOf } from '../records/many-verbs.ts'
import { verbsOf } from '../records/verbs.ts'
import { createRoomInput, updateRoomInput } from './input.ts'
import { roomKind } from './kind.ts'
import { readRoom } from './read.ts'

const dependents = dependentsOf('room')
export const roomVerbs = verbsOf(roomKind, { read: readRoom, dependents })
export const manyRooms = manyVerbsOf(roomKind, { item: createRoomInput, edit: updateRoomInput, dependents })
