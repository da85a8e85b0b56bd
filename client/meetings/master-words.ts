import { area } from '../messages/languages.ts'

export const masterWords = area('masterTimetable')
