import { area } from '../messages/languages.ts'

export const schoolEnrollmentWords = area('schoolEnrollments')
