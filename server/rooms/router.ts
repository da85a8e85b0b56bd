import { byId } from '../input.ts'
import { archiveInput, listRecordsInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { createRoomInput, updateRoomInput } from './input.ts'
import { listRooms, readRoom } from './read.ts'
import { roomVerbs } from './write.ts'

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
})
