import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { createManyRoomsInput, createRoomInput, updateManyRoomsInput, updateRoomInput } from './input.ts'
import { listRooms, readRoom } from './read.ts'
import { manyRooms, roomVerbs } from './write.ts'

export const roomsRouter = router({
  list: reading('room.read')
    .input(listRecordsInput)
    .query(({ ctx, input }) => listRooms(ctx, input)),
  get: reading('room.read')
    .input(byId)
    .query(({ ctx, input }) => readRoom(ctx.db, ctx, input.id)),
  create: writing('room.write')
    .input(createRoomInput)
    .mutation(({ ctx, input }) => roomVerbs.create(ctx, input)),
  update: writing('room.write')
    .input(updateRoomInput)
    .mutation(({ ctx, input }) => roomVerbs.update(ctx, input)),
  archive: writing('room.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => roomVerbs.archive(ctx, input)),
  restore: writing('room.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => roomVerbs.restore(ctx, input)),
  createMany: writing('room.write')
    .input(createManyRoomsInput)
    .mutation(({ ctx, input }) => manyRooms.create(ctx, input)),
  updateMany: writing('room.write')
    .input(updateManyRoomsInput)
    .mutation(({ ctx, input }) => manyRooms.update(ctx, input)),
  archiveMany: writing('room.write')
    .input(archiveManyInput)
    .mutation(({ ctx, input }) => manyRooms.archive(ctx, input)),
  restoreMany: writing('room.write')
    .input(restoreManyInput)
    .mutation(({ ctx, input }) => manyRooms.restore(ctx, input)),
})
