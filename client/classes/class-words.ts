import { classes, schoolClass } from '../messages/en-classes.ts'
import type { Area } from '../messages/messages.tsx'

/** The list of classes. */
export const classListWords: Area<ReturnType<typeof classes>> = { en: classes }
/** A class: its page and its form. */
export const classWords: Area<ReturnType<typeof schoolClass>> = { en: schoolClass }
