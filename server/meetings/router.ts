import { call, reading, router, writing } from '../trpc.ts'
import { checkMeetings } from './check.ts'
import { conflictsInput, listMeetingsInput, studentConflictsInput, updateMeetingsInput, weekInput } from './input.ts'
import { listMeetings, studentConflicts } from './read.ts'
import { updateMeetings } from './update.ts'
import { readWeek } from './week.ts'

export const meetingsRouter = router({
  list: reading('class.read')
    .input(listMeetingsInput)
    .query(({ ctx, input }) => listMeetings(ctx.db, ctx, input.classId)),
  week: reading('class.read').input(weekInput).query(call(readWeek)),
  conflicts: reading('meeting.write').input(conflictsInput).query(call(checkMeetings)),
  studentConflicts: reading('enrollment.write').input(studentConflictsInput).query(call(studentConflicts)),
  update: writing('meeting.write').input(updateMeetingsInput).mutation(call(updateMeetings)),
})
