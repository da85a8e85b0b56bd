import { useDebouncedValue } from '@mantine/hooks'
import type { UseQueryOptions } from '@tanstack/react-query'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { recordKinds } from '../../db/values.ts'
import type { AnyRecord } from '../records/record-kind.ts'
import { useProcedures } from '../records/record-kind.ts'
import type { CheckedRow } from './check-rows.ts'
import { uniqueField } from './check-rows.ts'
import type { AnyPasteKind, Asked, Found } from './paste-kind.ts'
import type { Known } from './standing.ts'

function askedOf(rows: readonly CheckedRow[], { shape }: AnyPasteKind): Asked {
  const unique = uniqueField(shape)
  const names = rows.map(({ values }) =>
    Object.fromEntries(
      recordKinds[shape.name].telling.names.map((name) => [name, String(values[name] ?? '').slice(0, 300)]),
    ),
  )
  const said = [...new Map(names.map((one) => [JSON.stringify(one), one])).values()]
  const values = unique ? rows.map(({ values }) => String(values[unique] ?? '').slice(0, 300)) : []
  return { names: said, unique: [...new Set(values)].filter(Boolean) }
}

/** In the order of what was asked, so that a changed cell asks only its own part again. */
export function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size))
}

export type Person = Record<'givenName' | 'familyName', string>

/** The answers of several queries as one; what was known stays while another is asked. */
export function useParts(queries: readonly object[]): Found {
  const kept = queries.map((query) => ({ ...query, placeholderData: (before: unknown) => before }))
  const parts = useQueries({ queries: kept as unknown as UseQueryOptions<AnyRecord[]>[] })
  const isHere = parts.every(({ data, isPlaceholderData }) => data && !isPlaceholderData)
  const answers = parts.map(({ dataUpdatedAt }) => dataUpdatedAt).join()
  // One record may be found by name and by number.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are others when they came at another time
  const records = useMemo(
    () => [...new Map(parts.flatMap(({ data = [] }) => data).map((one) => [one.id, one])).values()],
    [answers],
  )
  return {
    records: isHere ? records : undefined,
    error: parts.find(({ error }) => error)?.error ?? null,
    askAgain: () => void Promise.all(parts.map(({ refetch }) => refetch())),
  }
}

/** A list that comes whole: those in use, and the archived ones. */
function useWhole({ kind }: AnyPasteKind, isWanted: boolean): Found {
  const procedures = useProcedures(kind)
  const used = useQuery({ ...procedures.list.queryOptions({ archived: false }), enabled: isWanted })
  const archived = useQuery({ ...procedures.list.queryOptions({ archived: true }), enabled: isWanted })
  const isRead = used.data && archived.data
  const marked = useMemo(
    () => isRead && [...used.data, ...archived.data.map((row) => ({ ...(row as object), archivedAt: 'archived' }))],
    [isRead, used.data, archived.data],
  )
  return {
    records: marked as readonly AnyRecord[] | undefined,
    error: used.error ?? archived.error,
    askAgain: () => void Promise.all([used.refetch(), archived.refetch()]),
  }
}

const none: Found = { records: [], error: null, askAgain: () => undefined }
const useNone = () => none

/** The records that the rows may mean; undefined until they are here. */
export function useKnown(pasteKind: AnyPasteKind, rows: readonly CheckedRow[]) {
  const { shape, useAlike = useNone } = pasteKind
  const asked = JSON.stringify(askedOf(rows, pasteKind))
  const [settled] = useDebouncedValue(asked, 250)
  const hasRows = rows.length > 0
  const whole = useWhole(pasteKind, hasRows && !pasteKind.useAlike)
  const alike = useAlike(useMemo(() => JSON.parse(settled) as Asked, [settled]))
  const { records, error, askAgain } = pasteKind.useAlike ? alike : whole
  const known = useMemo(
    () => records?.map((record): Known => ({ record, values: shape.valuesOf(record) })),
    [records, shape],
  )
  return { known: settled === asked ? known : undefined, kept: known ?? [], error, askAgain }
}
