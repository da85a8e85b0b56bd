import { area } from '../messages/languages.ts'

export const settingsWords = area('schoolSettings')
