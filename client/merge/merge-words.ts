import { merge } from '../messages/en-merge.ts'
import type { Area } from '../messages/messages.tsx'

export const mergeWords: Area<ReturnType<typeof merge>> = { en: merge }
