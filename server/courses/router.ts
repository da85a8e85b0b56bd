import { byId } from '../input.ts'
import { archiveInput, archiveManyInput, listRecordsInput, restoreManyInput, seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { createCourseInput, createManyCoursesInput, updateCourseInput, updateManyCoursesInput } from './input.ts'
import { listCourses, readCourse } from './read.ts'
import { courseVerbs, manyCourses } from './write.ts'

export const coursesRouter = router({
  list: reading('course.read')
    .input(listRecordsInput)
    .query(({ ctx, input }) => listCourses(ctx, input)),
  get: reading('course.read')
    .input(byId)
    .query(({ ctx, input }) => readCourse(ctx.db, ctx, input.id)),
  create: writing('course.write')
    .input(createCourseInput)
    .mutation(({ ctx, input }) => courseVerbs.create(ctx, input)),
  update: writing('course.write')
    .input(updateCourseInput)
    .mutation(({ ctx, input }) => courseVerbs.update(ctx, input)),
  archive: writing('course.write')
    .input(archiveInput)
    .mutation(({ ctx, input }) => courseVerbs.archive(ctx, input)),
  restore: writing('course.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => courseVerbs.restore(ctx, input)),
  createMany: writing('course.write')
    .input(createManyCoursesInput)
    .mutation(({ ctx, input }) => manyCourses.create(ctx, input)),
  updateMany: writing('course.write')
    .input(updateManyCoursesInput)
    .mutation(({ ctx, input }) => manyCourses.update(ctx, input)),
  archiveMany: writing('course.write')
    .input(archiveManyInput)
    .mutation(({ ctx, input }) => manyCourses.archive(ctx, input)),
  restoreMany: writing('course.write')
    .input(restoreManyInput)
    .mutation(({ ctx, input }) => manyCourses.restore(ctx, input)),
})
