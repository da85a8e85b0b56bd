import { area } from '../messages/languages.ts'

export const historyWords = area('history')
