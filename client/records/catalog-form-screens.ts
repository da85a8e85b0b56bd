/** The kinds' forms in one chunk, apart from their lists: they bring zod with them. */
export * as courses from '../courses/course-form-screens.tsx'
export * as departments from '../departments/department-form-screens.tsx'
export * as guardians from '../guardians/guardian-form-screens.tsx'
export * as instructors from '../instructors/instructor-form-screens.tsx'
export * as programs from '../programs/program-form-screens.tsx'
export * as rooms from '../rooms/room-form-screens.tsx'
export * as terms from '../terms/term-form-screens.tsx'
