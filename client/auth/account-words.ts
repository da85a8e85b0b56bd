import { area } from '../messages/languages.ts'

export const accountWords = area('account')
