import { area } from '../messages/languages.ts'

export const photoWords = area('photos')
