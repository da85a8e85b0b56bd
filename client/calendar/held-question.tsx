import { HoldQuestion } from '../meetings/hold-anyway.tsx'
import { useWords } from '../messages/messages.tsx'
import { calendarWords } from './calendar-words.ts'

interface HeldQuestionProps {
  question: { details: unknown; onAnswer(input: { overrideReason: string }): void } | null
  isBusy: boolean
}

/** Asks for a reason where a change of days or bells brings classes to one time. */
export function HeldQuestion({ question, isBusy }: HeldQuestionProps) {
  const { change } = useWords(calendarWords)
  return question && <HoldQuestion {...question} said={change.collides} isBusy={isBusy} />
}
