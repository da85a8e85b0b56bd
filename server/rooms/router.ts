import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
import { createManyRoomsInput, createRoomInput, updateManyRoomsInput, updateRoomInput } from './input.ts'
import { listRooms, readRoom } from './read.ts'
import { manyRooms, roomVerbs } from './write.ts'

export const roomsRouter = router({
  list: reading('room.read').input(listRecordsInput).query(call(listRooms)),
  get: reading('room.read').input(byId).query(readById(readRoom)),
  create: writing('room.write').input(createRoomInput).mutation(call(roomVerbs.create)),
  update: writing('room.write').input(updateRoomInput).mutation(call(roomVerbs.update)),
  archive: writing('room.write').input(archiveInput).mutation(call(roomVerbs.archive)),
  restore: writing('room.write').input(seenInput).mutation(call(roomVerbs.restore)),
  createMany: writing('room.write').input(createManyRoomsInput).mutation(call(manyRooms.create)),
  updateMany: writing('room.write').input(updateManyRoomsInput).mutation(call(manyRooms.update)),
  archiveMany: writing('room.write').input(archiveManyInput).mutation(call(manyRooms.archive)),
  restoreMany: writing('room.write').input(restoreManyInput).mutation(call(manyRooms.restore)),
})
