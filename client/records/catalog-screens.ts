/** The kinds' lists and pages in one chunk: the first screen names two chunks for them, and not twelve with all they share. */
export * as courses from '../courses/course-screens.tsx'
export * as departments from '../departments/department-screens.tsx'
export * as guardians from '../guardians/guardian-screens.tsx'
export * as instructors from '../instructors/instructor-screens.tsx'
export * as programs from '../programs/program-screens.tsx'
export * as rooms from '../rooms/room-screens.tsx'
export * as terms from '../terms/term-screens.tsx'
