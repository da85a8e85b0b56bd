import { ownAccount } from '../messages/en-members.ts'
import type { Area } from '../messages/messages.tsx'

type AccountWords = ReturnType<typeof ownAccount>
export const accountWords: Area<AccountWords> = { en: ownAccount }
