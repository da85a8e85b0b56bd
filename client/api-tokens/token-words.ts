import { area } from '../messages/languages.ts'

export const tokenWords = area('apiTokens')
