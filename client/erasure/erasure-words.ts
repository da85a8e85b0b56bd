import { erasure } from '../messages/en-erasure.ts'
import type { Area } from '../messages/messages.tsx'

export const erasureWords: Area<typeof erasure> = { en: () => erasure }
