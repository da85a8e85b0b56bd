import { area } from '../messages/languages.ts'

export const importWords = area('imports')
