import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
import { createCourseInput, createManyCoursesInput, updateCourseInput, updateManyCoursesInput } from './input.ts'
import { listCourses, readCourse } from './read.ts'
import { courseVerbs, manyCourses } from './write.ts'

export const coursesRouter = router({
  list: reading('course.read').input(listRecordsInput).query(call(listCourses)),
  get: reading('course.read').input(byId).query(readById(readCourse)),
  create: writing('course.write').input(createCourseInput).mutation(call(courseVerbs.create)),
  update: writing('course.write').input(updateCourseInput).mutation(call(courseVerbs.update)),
  archive: writing('course.write').input(archiveInput).mutation(call(courseVerbs.archive)),
  restore: writing('course.write').input(seenInput).mutation(call(courseVerbs.restore)),
  createMany: writing('course.write').input(createManyCoursesInput).mutation(call(manyCourses.create)),
  updateMany: writing('course.write').input(updateManyCoursesInput).mutation(call(manyCourses.update)),
  archiveMany: writing('course.write').input(archiveManyInput).mutation(call(manyCourses.archive)),
  restoreMany: writing('course.write').input(restoreManyInput).mutation(call(manyCourses.restore)),
})
