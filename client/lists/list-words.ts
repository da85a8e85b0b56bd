import { area } from '../messages/languages.ts'

/** Views, columns and files. */
export const listWords = area('lists')
/** What is printed. */
export const paperWords = area('paper')
