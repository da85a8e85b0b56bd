import { area } from '../messages/languages.ts'

export const paletteWords = area('palette')
