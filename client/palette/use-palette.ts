import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { useEffect, useMemo, useState } from 'react'
import type { Section } from '../help/read-sections.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { useSchool, useTrpc } from '../school.tsx'
import { may } from '../session.ts'
import { useGrades } from '../students/use-grades.ts'
import type { Item, Speech } from './items.ts'
import { beginning, foundItems, helpItems, knownItems } from './items.ts'
import { closePalette } from './palette-state.ts'
import { paletteWords } from './palette-words.ts'
import { noteOpened, recentItems } from './recent.ts'

export function useSpeech(): Speech {
  const words = useWords(paletteWords)
  const messages = useMessages()
  const grades = useGrades()
  const formats = useFormats()
  return useMemo(() => ({ words, messages, grades, formats }), [words, messages, grades, formats])
}

const loadHandbook = part(() => import('../help/handbook.ts'))

/** None until they are here: nothing waits for them. */
function useHelpSections(): readonly Section[] {
  const [sections, setSections] = useState<readonly Section[]>([])
  useEffect(() => {
    loadHandbook().then(
      ({ handbook }) => setSections(handbook),
      () => undefined,
    )
  }, [])
  return sections
}

/** The items for what was typed; `isSettled` when they are the answer to it and not to what was typed before. */
export function useItems(text: string) {
  const school = useSchool()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const speech = useSpeech()
  const [asked] = useDebouncedValue(text, 40)
  const query = useQuery(
    trpc.search.find.queryOptions(
      { text: asked },
      { enabled: asked !== '', placeholderData: keepPreviousData, trpc: { abortOnUnmount: true } },
    ),
  )
  const known = useMemo(
    () => knownItems(school.slug, (permission) => may(school, permission), speech),
    [school, speech],
  )
  const recent = useMemo(() => recentItems(school.slug, queryClient, speech), [school.slug, queryClient, speech])
  const found = useMemo(
    () => (query.data ? foundItems(query.data, school.slug, speech) : []),
    [query.data, school.slug, speech],
  )
  const sections = useHelpSections()
  const help = useMemo(() => helpItems(sections, school.slug), [sections, school.slug])
  const items = text === '' ? [...recent, ...known] : [...beginning(known, text), ...found, ...beginning(help, text)]
  const isSettled = text === '' || (asked === text && !query.isPlaceholderData && !query.isFetching)
  return { items, isSettled, error: query.error }
}

const steps: Record<string, (active: number, count: number) => number> = {
  ArrowDown: (active, count) => (active + 1) % count,
  ArrowUp: (active, count) => (active - 1 + count) % count,
  PageDown: (active, count) => Math.min(active + 8, count - 1),
  PageUp: (active) => Math.max(active - 8, 0),
}

function useChoose() {
  const { slug } = useSchool()
  const navigate = useNavigate()
  return (item: Item) => {
    noteOpened(slug, item)
    closePalette('page')
    void navigate(item.go)
  }
}

/** The marked item and the keys. Enter before the answer is there waits for it, so that it never opens another's record. */
export function useMarked(items: Item[], isSettled: boolean, text: string) {
  const choose = useChoose()
  const [marked, setMarked] = useState<{ text: string; key: string } | undefined>()
  const [waitsFor, setWaitsFor] = useState<string | undefined>()
  const isMoved = marked?.text === text
  const active = Math.max(isMoved ? items.findIndex(({ key }) => key === marked.key) : 0, 0)
  const mark = (index: number) => {
    const item = items[index]
    if (item) setMarked({ text, key: item.key })
  }

  const first = items[0]
  useEffect(() => {
    if (waitsFor === undefined || waitsFor !== text || !isSettled) return
    setWaitsFor(undefined)
    if (first) choose(first)
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step && items.length) {
      event.preventDefault()
      mark(step(active, items.length))
    }
    if (event.key !== 'Enter') return
    event.preventDefault()
    const item = items[active]
    // Pages and actions need no answer from the server.
    const isSure = isSettled || isMoved || item?.group === 'pages' || item?.group === 'actions'
    if (item && isSure) choose(item)
    else if (!isSettled) setWaitsFor(text)
  }
  return { active, mark, choose, onKeyDown }
}
