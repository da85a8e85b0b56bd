import { enrollments } from '../messages/en-enrollments.ts'
import type { Area } from '../messages/messages.tsx'

export const enrollmentWords: Area<ReturnType<typeof enrollments>> = { en: enrollments }
