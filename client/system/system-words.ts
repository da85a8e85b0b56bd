import { area } from '../messages/languages.ts'

export const systemWords = area('system')
