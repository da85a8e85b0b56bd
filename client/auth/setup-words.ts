import { area } from '../messages/languages.ts'

export const setupWords = area('setup')
