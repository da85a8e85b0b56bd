import { area } from '../messages/languages.ts'

export const alertWords = area('alerts')
