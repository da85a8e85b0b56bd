/** Whose contacts a sheet of paper shows: a class's, or those of the students' list as it is filtered or chosen. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { contactsAtOnce, sheetAtMost } from '../../server/contacts/input.ts'
import { apiOf } from '../api.ts'
import { isInClass } from '../enrollments/enrollment-place.ts'
import { askOnce, pagesOf, wholePage } from '../lists/list-sheet.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool, useToday, useTrpc } from '../school.tsx'
import { studentListWords } from '../students/student-words.ts'
import { useFilterWords } from '../students/students-filters.tsx'
import type { StudentsSearch } from '../students/students-search.ts'
import { countInput, orderInput } from '../students/students-search.ts'
import { BackLabel } from '../ui/page.tsx'
import type { Contact } from './contact-words.ts'
import { contactWords } from './contact-words.ts'

export interface Source {
  title: string | undefined
  term?: string | undefined
  facts: readonly string[]
  back: ReactNode
  /** Undefined until they are known; null for more than `sheetAtMost`. */
  ids: readonly string[] | null | undefined
  error: unknown
}

export function useClassSource(id: string): Source {
  const words = useWords(contactWords)
  const { slug } = useSchool()
  const today = useToday()
  const { data, error } = useQuery(useTrpc().classes.get.queryOptions({ id }))
  return {
    title: data?.title,
    term: data?.terms.map(({ title }) => title).join(', ') || undefined,
    facts: [data?.code, data?.roomName].flatMap((fact) => fact || []),
    back: (
      <Link to="/$school/classes/$id" params={{ school: slug, id }} className="back">
        <BackLabel>{words.toClass}</BackLabel>
      </Link>
    ),
    ids: data?.roster.filter((one) => isInClass(one, today)).map(({ studentId }) => studentId),
    error: data ? null : error,
  }
}

type Search = StudentsSearch

/** All students of the list, or null where they are too many. */
function useListed(search: Search, enabled: boolean) {
  const { trpc, queryClient } = apiOf(useSchool().slug)
  const input = { ...countInput(search), ...orderInput(search), withAddresses: false, withGuardians: false }
  return useQuery({
    queryKey: ['contacts', 'listed', input],
    enabled,
    ...askOnce,
    queryFn: async () => {
      const ids: string[] = []
      const pages = pagesOf((cursor) =>
        queryClient.fetchQuery({
          ...trpc.students.list.queryOptions({ ...input, limit: wholePage, cursor }),
          ...askOnce,
        }),
      )
      for await (const rows of pages) {
        ids.push(...rows.map((row) => row.id))
        if (ids.length > sheetAtMost) return null
      }
      return ids
    },
  })
}

export function useStudentsSource(search: Search): Source {
  const words = useWords(contactWords)
  const { title } = useWords(studentListWords)
  const { slug } = useSchool()
  const chosen = useLocation({ select: ({ state }) => state.chosenStudents })
  const filters = useFilterWords(search)
  const listed = useListed(search, !chosen)
  return {
    title,
    facts: chosen ? [words.chosen(chosen.length)] : filters,
    back: (
      <Link to="/$school/students" params={{ school: slug }} search={search} className="back">
        <BackLabel>{words.toStudents}</BackLabel>
      </Link>
    ),
    ids: chosen ?? listed.data,
    error: listed.data === undefined ? listed.error : null,
  }
}

function inParts(ids: readonly string[]): string[][] {
  const parts = Math.ceil(ids.length / contactsAtOnce)
  return Array.from({ length: parts }, (_, part) => ids.slice(part * contactsAtOnce, (part + 1) * contactsAtOnce))
}

/** By name within each part that the server gives at once. */
export function useContacts({ ids, error }: Source): { contacts: Contact[] | undefined; error: unknown } {
  const trpc = useTrpc()
  return useQueries({
    queries: inParts(ids ?? []).map((studentIds) => trpc.contacts.list.queryOptions({ studentIds })),
    combine: (parts) => ({
      contacts: ids && parts.every(({ data }) => data) ? parts.flatMap(({ data = [] }) => data) : undefined,
      error: error ?? parts.find((part) => part.error)?.error ?? null,
    }),
  })
}
