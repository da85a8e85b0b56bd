import { area } from '../messages/languages.ts'

export const helpWords = area('help')
