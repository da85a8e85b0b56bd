import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import type { Tone } from '../ui/status.tsx'
import { Status } from '../ui/status.tsx'
import { flagsWords } from './flags-words.ts'

type Listed = Outputs['flags']['list']['flags'][number]
type Seen = Pick<Listed, 'per' | 'sees'>
type State = 'on' | 'some' | 'off'

const tones: Record<State, Tone> = { on: 'ok', some: 'warn', off: 'off' }

/** Whom it serves now, in a word and in numbers. */
export function FlagState({ per, sees: { on, of } }: Seen) {
  const words = useWords(flagsWords)
  const state: State = on === 0 ? 'off' : on === of ? 'on' : 'some'
  const text = state === 'some' ? words.counted(per, on, of) : words.states[state]
  return <Status tone={tones[state]}>{text}</Status>
}

/** What is to be done about it; nothing for most. */
export function FlagNote({ isBroken, isToBeRemoved, isExpired }: Omit<Listed, keyof Seen>) {
  const words = useWords(flagsWords)
  if (isBroken) return <Status tone="bad">{words.broken}</Status>
  if (isExpired) return <Status tone="warn">{words.expired}</Status>
  return isToBeRemoved ? <Status tone="warn">{words.toBeRemoved}</Status> : null
}
