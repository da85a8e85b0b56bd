import { area } from '../messages/languages.ts'
import type { Outputs } from '../trpc.ts'

export const contactWords = area('contacts')
export type Contact = Outputs['contacts']['list'][number]
