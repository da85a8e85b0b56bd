import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { HistoryEntity, PartEntity } from '../../db/values.ts'
import { deeds, historyEntities, isRecordEntity } from '../../db/values.ts'
import type { Permission } from '../../server/access.ts'
import { FilterSheet } from '../lists/filter-sheet.tsx'
import { useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { may } from '../session.ts'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { DayFilter } from './day-filter.tsx'
import type { HistorySearch } from './history-search.ts'
import { filtersSet, noFilters, readHistorySearch } from './history-search.ts'
import { historyWords } from './history-words.ts'

interface FiltersProps {
  search: HistorySearch
  onChange(change: Partial<HistorySearch>): void
}

export function useHistoryPeople() {
  const { data } = useQuery(useTrpc().journal.people.queryOptions(undefined, { staleTime: 300_000 }))
  return data ?? []
}

/** What asks for more than the history does. */
const parts: Partial<Record<PartEntity, Permission>> = {
  studentAddress: 'student.readPrivate',
  studentAlert: 'student.readAlerts',
  studentGuardian: 'guardian.read',
  membership: 'member.read',
  webhook: 'webhook.read',
}
/** Kinds of record that the reader may not see are not offered. */
function useKinds() {
  const school = useSchool()
  const asked = (entity: HistoryEntity) => (isRecordEntity(entity) ? (`${entity}.read` as const) : parts[entity])
  return historyEntities.filter((entity) => may(school, asked(entity) ?? 'journal.read'))
}

function useSelects() {
  const { filters: words, kindTitle, doings } = useWords(historyWords)
  const people = useHistoryPeople()
  const shown = useKinds().map((entity) => ({ value: entity as string, label: kindTitle(entity) }))
  return [
    {
      name: 'by' as const,
      label: words.person,
      choices: [
        { value: '', label: words.anybody },
        ...people.map(({ id, name }) => ({ value: id, label: name })),
        { value: 'import', label: words.import },
        { value: 'cli', label: words.cli },
      ],
    },
    { name: 'kind' as const, label: words.kind, choices: [{ value: '', label: words.anyKind }, ...shown] },
    {
      name: 'did' as const,
      label: words.deed,
      choices: [
        { value: '', label: words.anyDeed },
        ...deeds.map((deed) => ({ value: deed as string, label: doings[deed] })),
      ],
    },
  ]
}

function FilterFields({ search, onChange, hasLabels }: FiltersProps & { hasLabels: boolean }) {
  const { filters: words } = useWords(historyWords)
  const selects = useSelects()
  return (
    <>
      {selects.map(({ name, label, choices }) => (
        <NativeSelect
          key={name}
          {...(hasLabels ? { size: 'sm', label } : { size: 'xs', maw: 190, 'aria-label': label })}
          data={choices}
          value={search[name] ?? ''}
          onChange={(event) => onChange({ [name]: readHistorySearch({ [name]: event.currentTarget.value })[name] })}
        />
      ))}
      <DayFilter label={words.from} value={search.from} hasLabel={hasLabels} onChange={(from) => onChange({ from })} />
      <DayFilter label={words.to} value={search.to} hasLabel={hasLabels} onChange={(to) => onChange({ to })} />
    </>
  )
}

/** By person, kind of record, deed and days; on a phone they are a sheet. */
export function HistoryFilters(props: FiltersProps) {
  const { filters: words } = useWords(historyWords)
  const isNarrow = useIsNarrow()
  const count = filtersSet(props.search).length
  return (
    <div className="filters">
      {isNarrow ? (
        <FilterSheet count={count} showLabel={words.show} onClear={() => props.onChange(noFilters)}>
          <FilterFields {...props} hasLabels />
        </FilterSheet>
      ) : (
        <FilterFields {...props} hasLabels={false} />
      )}
      {!isNarrow && count > 0 && (
        <Button variant="subtle" color="gray" onClick={() => props.onChange(noFilters)}>
          {words.clear}
        </Button>
      )}
    </div>
  )
}
