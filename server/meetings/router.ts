import { reading, router, writing } from '../trpc.ts'
import { checkMeetings } from './check.ts'
import { conflictsInput, listMeetingsInput, studentConflictsInput, updateMeetingsInput, weekInput } from './input.ts'
import { listMeetings, studentConflicts } from './read.ts'
import { updateMeetings } from './update.ts'
import { readWeek } from './week.ts'

export const meetingsRouter = router({
  list: reading('class.read')
    .input(listMeetingsInput)
    .query(({ ctx, input }) => listMeetings(ctx.db, ctx, input.classId)),
  week: reading('class.read')
    .input(weekInput)
    .query(({ ctx, input }) => readWeek(ctx, input)),
  conflicts: reading('meeting.write')
    .input(conflictsInput)
    .query(({ ctx, input }) => checkMeetings(ctx, input)),
  studentConflicts: reading('enrollment.write')
    .input(studentConflictsInput)
    .query(({ ctx, input }) => studentConflicts(ctx, input)),
  update: writing('meeting.write')
    .input(updateMeetingsInput)
    .mutation(({ ctx, input }) => updateMeetings(ctx, input)),
})
