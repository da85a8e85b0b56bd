import { area } from '../messages/languages.ts'

export const signInWords = area('signIn')
