import { area } from '../messages/languages.ts'

/** The list of classes. */
export const classListWords = area('classes')
/** A class's page. */
export const classWords = area('schoolClass')
