import { area } from '../messages/languages.ts'

export const calendarWords = area('calendar')
