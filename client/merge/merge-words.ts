import { area } from '../messages/languages.ts'

export const mergeWords = area('merge')
