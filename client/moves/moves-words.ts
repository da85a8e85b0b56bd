import { area } from '../messages/languages.ts'

export const movesWords = area('moves')
