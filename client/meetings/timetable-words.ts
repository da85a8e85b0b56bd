import { area } from '../messages/languages.ts'

export const timetableWords = area('timetable')
