import { area } from '../messages/languages.ts'

/** The list of students. */
export const studentListWords = area('students')
/** A student. */
export const studentWords = area('student')
