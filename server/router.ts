import { academicSessionsRouter } from './academic-sessions/router.ts'
import { apiTokensRouter } from './api-tokens/router.ts'
import { invitationRouter, sessionRouter, setupRouter } from './auth/router.ts'
import { calendarsRouter } from './calendars/router.ts'
import { classInstructorsRouter } from './class-instructors/router.ts'
import { classesProcedures } from './classes/router.ts'
import { contactsRouter } from './contacts/router.ts'
import { coursesRouter } from './courses/router.ts'
import { demoRouter } from './demo/router.ts'
import { departmentsRouter } from './departments/router.ts'
import { classSeatsProcedures, enrollmentsRouter } from './enrollments/router.ts'
import { flagsRouter } from './flags/router.ts'
import { guardiansRouter } from './guardians/router.ts'
import { historyProcedures } from './history/router.ts'
import { homeRouter } from './home/router.ts'
import { importsRouter } from './imports/router.ts'
import { instructorsRouter } from './instructors/router.ts'
import { liveRouter } from './live/router.ts'
import { meetingsRouter } from './meetings/router.ts'
import { membersRouter } from './members/router.ts'
import { mergeProcedures } from './merge/router.ts'
import { movesRouter } from './moves/router.ts'
import { periodsRouter } from './periods/router.ts'
import { photosRouter } from './photos/router.ts'
import { presencesRouter } from './presences/router.ts'
import { programsRouter } from './programs/router.ts'
import { roomsRouter } from './rooms/router.ts'
import { savedViewsRouter } from './saved-views/router.ts'
import { schoolEnrollmentsRouter } from './school-enrollments/router.ts'
import { schoolsRouter } from './schools/router.ts'
import { searchRouter } from './search/router.ts'
import { studentAlertsRouter } from './student-alerts/router.ts'
import { studentGuardiansRouter } from './student-guardians/router.ts'
import { studentsProcedures } from './students/router.ts'
import { systemRouter } from './system/router.ts'
import { router } from './trpc.ts'
import { undoProcedures } from './undo/router.ts'
import { webhooksRouter } from './webhooks/router.ts'

export const appRouter = router({
  academicSessions: academicSessionsRouter,
  apiTokens: apiTokensRouter,
  calendars: calendarsRouter,
  classes: router({ ...classesProcedures, ...classSeatsProcedures }),
  classInstructors: classInstructorsRouter,
  contacts: contactsRouter,
  courses: coursesRouter,
  departments: departmentsRouter,
  enrollments: enrollmentsRouter,
  flags: flagsRouter,
  guardians: guardiansRouter,
  home: homeRouter,
  imports: importsRouter,
  instructors: instructorsRouter,
  invitation: invitationRouter,
  journal: router({ ...historyProcedures, ...undoProcedures }),
  live: liveRouter,
  members: membersRouter,
  meetings: meetingsRouter,
  demo: demoRouter,
  moves: movesRouter,
  periods: periodsRouter,
  photos: photosRouter,
  presences: presencesRouter,
  programs: programsRouter,
  rooms: roomsRouter,
  savedViews: savedViewsRouter,
  schoolEnrollments: schoolEnrollmentsRouter,
  schools: schoolsRouter,
  search: searchRouter,
  session: sessionRouter,
  setup: setupRouter,
  studentAlerts: studentAlertsRouter,
  studentGuardians: studentGuardiansRouter,
  students: router({ ...studentsProcedures, ...mergeProcedures }),
  system: systemRouter,
  webhooks: webhooksRouter,
})
export type AppRouter = typeof appRouter
