import { area } from '../messages/languages.ts'

export const studentListWords = area('students')
export const studentWords = area('student')
/** Loaded where students are pasted. */
export const studentPasteWords = area('studentPaste')
