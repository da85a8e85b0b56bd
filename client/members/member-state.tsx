import { useWords } from '../messages/messages.tsx'
import { Status } from '../ui/status.tsx'
import type { Member } from './member-queries.ts'
import { membersWords } from './members-words.ts'

const tones = { active: 'ok', invited: 'warn', disabled: 'off', service: 'ok' } as const

export const MemberState = ({ state }: Pick<Member, 'state'>) => {
  const { list } = useWords(membersWords)
  return <Status tone={tones[state]}>{list.states[state]}</Status>
}
