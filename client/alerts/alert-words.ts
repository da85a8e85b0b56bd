import { studentAlerts } from '../messages/en-guardians.ts'
import type { Area } from '../messages/messages.tsx'

export const alertWords: Area<typeof studentAlerts> = { en: () => studentAlerts }
