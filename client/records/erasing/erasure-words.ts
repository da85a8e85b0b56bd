import { area } from '../../messages/languages.ts'

export const erasureWords = area('erasure')
