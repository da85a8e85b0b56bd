import { academicSessionsRouter } from './academic-sessions/router.ts'
import { sessionRouter, setupRouter } from './auth/router.ts'
import { classesRouter } from './classes/router.ts'
import { enrollmentsRouter } from './enrollments/router.ts'
import { programsRouter } from './programs/router.ts'
import { studentsRouter } from './students/router.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  academicSessions: academicSessionsRouter,
  classes: classesRouter,
  enrollments: enrollmentsRouter,
  programs: programsRouter,
  session: sessionRouter,
  setup: setupRouter,
  students: studentsRouter,
})
export type AppRouter = typeof appRouter
