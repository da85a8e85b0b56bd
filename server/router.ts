import { academicSessionsRouter } from './academic-sessions/router.ts'
import { sessionRouter, setupRouter } from './auth/router.ts'
import { classesRouter } from './classes/router.ts'
import { coursesRouter } from './courses/router.ts'
import { departmentsRouter } from './departments/router.ts'
import { enrollmentsRouter } from './enrollments/router.ts'
import { instructorsRouter } from './instructors/router.ts'
import { programsRouter } from './programs/router.ts'
import { roomsRouter } from './rooms/router.ts'
import { studentsRouter } from './students/router.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  academicSessions: academicSessionsRouter,
  classes: classesRouter,
  courses: coursesRouter,
  departments: departmentsRouter,
  enrollments: enrollmentsRouter,
  instructors: instructorsRouter,
  programs: programsRouter,
  rooms: roomsRouter,
  session: sessionRouter,
  setup: setupRouter,
  students: studentsRouter,
})
export type AppRouter = typeof appRouter
