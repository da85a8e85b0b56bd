import { members } from '../messages/en-members.ts'
import type { Area } from '../messages/messages.tsx'

type MembersWords = ReturnType<typeof members>
export const membersWords: Area<MembersWords> = { en: members }
