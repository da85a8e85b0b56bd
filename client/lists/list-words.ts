import { lists, paper } from '../messages/en-lists.ts'
import type { Area } from '../messages/messages.tsx'

/** Views, columns and files. */
export const listWords: Area<ReturnType<typeof lists>> = { en: lists }
/** What is printed. */
export const paperWords: Area<ReturnType<typeof paper>> = { en: paper }
