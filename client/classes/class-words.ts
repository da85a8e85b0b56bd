import { area } from '../messages/languages.ts'

export const classListWords = area('classes')
export const classWords = area('schoolClass')
