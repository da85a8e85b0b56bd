/** What a finder's text matches, asked for once the typing rests. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { classListWords } from '../classes/class-words.ts'
import { useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'

export type StudentFound = Outputs['students']['list']['rows'][number]
export type ClassFound = Outputs['classes']['list']['rows'][number]

const limit = 8

function useRested(text: string) {
  const typed = text.trim()
  const [rested] = useDebouncedValue(typed, 120)
  return { search: rested, isRested: rested === typed, enabled: rested !== '' }
}

export function useFoundStudents(text: string) {
  const trpc = useTrpc()
  const { search, isRested, enabled } = useRested(text)
  const { data } = useQuery(trpc.students.list.queryOptions({ search, limit }, { enabled }))
  return isRested ? data?.rows : undefined
}

export function useFoundClasses(text: string, termId: string | undefined) {
  const trpc = useTrpc()
  const { search, isRested, enabled } = useRested(text)
  const { data } = useQuery(
    trpc.classes.list.queryOptions({ search, limit, ...(termId && { academicSessionId: termId }) }, { enabled }),
  )
  return isRested ? data?.rows : undefined
}

/** Code and seats tell classes of one title apart. */
export function useClassSecond() {
  const words = useWords(classListWords)
  return ({ code, taken, capacity }: ClassFound): string =>
    [code, words.seats(taken, capacity)].filter(Boolean).join(' · ')
}
