/** What was opened lately in each school. In the page's memory only: names don't stay on a shared computer. */
import type { QueryClient } from '@tanstack/react-query'
import { apiOf } from '../api.ts'
import type { Outputs } from '../trpc.ts'
import type { Item, Speech } from './items.ts'
import { classItem, studentItem } from './items.ts'

const kept = new Map<string, Map<string, { item: Item; at: number }>>()
const shown = 6

function note(school: string, item: Item, at: number): void {
  const items = kept.get(school) ?? new Map()
  kept.set(school, items)
  if ((items.get(item.key)?.at ?? 0) < at) items.set(item.key, { item: { ...item, group: 'recent' }, at })
}

export const noteOpened = (school: string, item: Item): void => {
  if (item.group !== 'pages' && item.group !== 'actions') note(school, item, Date.now())
}

/** The records whose pages were opened, by whichever way, and what the palette led to; the latest first. */
export function recentItems(school: string, queryClient: QueryClient, speech: Speech): Item[] {
  const { trpc } = apiOf(school)
  const cache = queryClient.getQueryCache()
  for (const { state } of cache.findAll(trpc.students.get.pathFilter())) {
    const student = state.data as Outputs['students']['get'] | undefined
    if (student && !student.archivedAt) note(school, studentItem(student, school, speech), state.dataUpdatedAt)
  }
  for (const { state } of cache.findAll(trpc.classes.get.pathFilter())) {
    const found = state.data as Outputs['classes']['get'] | undefined
    if (found && !found.archivedAt)
      note(school, classItem({ id: found.id, title: found.title, code: found.code }, school), state.dataUpdatedAt)
  }
  return [...(kept.get(school)?.values() ?? [])]
    .toSorted((a, b) => b.at - a.at)
    .slice(0, shown)
    .map(({ item }) => item)
}
