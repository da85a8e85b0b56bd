import { area } from '../messages/languages.ts'

export const listWords = area('lists')
export const paperWords = area('paper')
