import { area } from '../messages/languages.ts'

export const homeWords = area('home')
