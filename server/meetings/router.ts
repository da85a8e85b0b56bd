import { call, reading, router, writing } from '../trpc.ts'
import { checkMeetings } from './check.ts'
import { readClassTimes } from './class-times.ts'
import { readFree } from './free.ts'
import {
  classTimesInput,
  conflictsInput,
  freeInput,
  listMeetingsInput,
  masterInput,
  studentConflictsInput,
  updateMeetingsInput,
  weekInput,
} from './input.ts'
import { readMaster } from './master.ts'
import { listMeetings, studentConflicts } from './read.ts'
import { updateMeetings } from './update.ts'
import { readWeek } from './week.ts'

export const meetingsRouter = router({
  list: reading('class.read')
    .input(listMeetingsInput)
    .query(({ ctx, input }) => listMeetings(ctx.db, ctx, input.classId)),
  week: reading('class.read').input(weekInput).query(call(readWeek)),
  master: reading('timetable.read').input(masterInput).query(call(readMaster)),
  free: reading('timetable.read').input(freeInput).query(call(readFree)),
  ofClasses: reading('enrollment.write').input(classTimesInput).query(call(readClassTimes)),
  conflicts: reading('meeting.write').input(conflictsInput).query(call(checkMeetings)),
  studentConflicts: reading('enrollment.write').input(studentConflictsInput).query(call(studentConflicts)),
  update: writing('meeting.write').input(updateMeetingsInput).mutation(call(updateMeetings)),
})
