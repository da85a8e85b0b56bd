import { area } from '../messages/languages.ts'

export const membersWords = area('members')
