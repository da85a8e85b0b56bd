import { area } from '../messages/languages.ts'

export const enrollmentWords = area('enrollments')
