import { ActionIcon, Button } from '@mantine/core'
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs'
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs'
import IconPrinter from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { startTransition, useOptimistic, useState } from 'react'
import { flushSync } from 'react-dom'
import { isOpenKind } from '../../db/values.ts'
import type { Arrangement } from '../../server/meetings/input.ts'
import { useWords } from '../messages/messages.tsx'
import { useOpenDays, useSchool, useToday, useTrpc } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Notice, PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import type { Master, MasterLine } from './master-lines.tsx'
import { MasterLines } from './master-lines.tsx'
import type { MasterSearch } from './master-search.ts'
import { hourIn } from './master-search.ts'
import { masterWords } from './master-words.ts'
import { daysLater, weekdayOf } from './timetable-search.ts'
import { timetableWords } from './timetable-words.ts'
import './master.css'
import './master-elsewhere.css'

const school = getRouteApi('/$school')
const route = getRouteApi('/$school/master-timetable')

const limits = { day: 40, week: 20 }

function useMaster(by: Arrangement, span: 'day' | 'week', day: string, at: string | undefined) {
  const hour = hourIn(at)
  return useInfiniteQuery(
    useTrpc().meetings.master.infiniteQueryOptions(
      { by, day, span, ...(hour && { hour }), limit: by === 'time' ? 100 : limits[span] },
      { getNextPageParam: ({ next }) => next, initialCursor: null, placeholderData: keepPreviousData },
    ),
  )
}

/** An hour whose classes are on two pages stands once. */
function joined(pages: readonly Master[]): MasterLine[] {
  const lines: MasterLine[] = []
  for (const line of pages.flatMap((page) => page.lines)) {
    const last = lines.at(-1)
    if (last?.id === line.id) lines[lines.length - 1] = { ...last, meetings: [...last.meetings, ...line.meetings] }
    else lines.push(line)
  }
  return lines
}

interface ChoiceProps<Value extends string> {
  label: string
  values: readonly Value[]
  names: Record<Value, string>
  chosen: Value
  onChoose(value: Value): Promise<void>
}
/** What is chosen shows at once, before the address that says it. */
function Choice<Value extends string>({ label, values, names, chosen, onChoose }: ChoiceProps<Value>) {
  const [shown, show] = useOptimistic(chosen)
  const choose = (value: Value) =>
    startTransition(async () => {
      show(value)
      await onChoose(value)
    })
  return (
    <fieldset className="master-choice">
      <legend className="visually-hidden">{label}</legend>
      {values.map((value) => (
        <label key={value}>
          <input type="radio" name={label} checked={value === shown} onChange={() => choose(value)} />
          <span>{names[value]}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface StepsProps {
  span: 'day' | 'week'
  day: string
  isCurrent: boolean
  onGo(day: string | undefined): void
  onPrint(): void
}
function Steps({ span, day, isCurrent, onGo, onPrint }: StepsProps) {
  const { master: words } = useWords(masterWords)
  const by = span === 'week' ? 7 : 1
  return (
    <>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={words.previous[span]}
        onClick={() => onGo(daysLater(day, -by))}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <Button variant="default" disabled={isCurrent} onClick={() => onGo(undefined)}>
        {words.today[span]}
      </Button>
      <ActionIcon variant="default" size={30} aria-label={words.next[span]} onClick={() => onGo(daysLater(day, by))}>
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
      <Button variant="default" leftSection={<IconPrinter size={15} aria-hidden />} onClick={onPrint}>
        {words.print}
      </Button>
    </>
  )
}

/** What people should know of the days that are not like others. */
function DaysTold({ days }: { days: Master['days'] }) {
  const words = useWords(timetableWords)
  const isOne = days.length === 1
  const told = days.flatMap((day) => {
    const { date, kind, cycleDay, note } = day
    const parts = [
      cycleDay !== null && words.week.cycleDay(cycleDay),
      kind && (words.dayTold({ kind, note }) || (isOne && !isOpenKind(kind) && words.dayKinds[kind])),
    ].filter(Boolean)
    return parts.length ? [{ date, said: parts.join(' · ') }] : []
  })
  if (!told.length) return null
  return (
    <p className="dim master-told">
      {told.map(({ date, said }) => (isOne ? said : `${words.dayHead(date)}: ${said}`)).join('; ')}
    </p>
  )
}

function useShownDays(days: Master['days'], lines: readonly MasterLine[]): string[] {
  const open = useOpenDays()
  const held = new Set(lines.flatMap(({ meetings }) => meetings.map(({ date }) => date)))
  if (days.length === 1) return days.map(({ date }) => date)
  return days.flatMap(({ date }) => (open.includes(weekdayOf(date)) || held.has(date) ? [date] : []))
}

interface FoundProps {
  pages: readonly Master[]
  by: Arrangement
  hasMore: boolean
  isFetching: boolean
  onMore(): void
}
function Found({ pages, by, hasMore, isFetching, onMore }: FoundProps) {
  const { master: words } = useWords(masterWords)
  const lines = joined(pages)
  const days = pages[0]?.days ?? []
  const shown = useShownDays(days, lines)
  const undated = pages.reduce((sum, page) => (by === 'time' ? page.undated : sum + page.undated), 0)
  return (
    <>
      <DaysTold days={days} />
      {undated > 0 && (
        <Notice tone="info">
          <p>{words.undated(undated)}</p>
        </Notice>
      )}
      {lines.length ? (
        <MasterLines lines={lines} by={by} days={shown} />
      ) : (
        <Empty title={words.emptyTitles[by]} hint={words.emptyHints[by]} />
      )}
      {hasMore && (
        <Button variant="default" className="master-next" loading={isFetching} onClick={onMore}>
          {words.more[by]}
        </Button>
      )}
    </>
  )
}

/** Says that only one hour is shown, and shows all again. */
function OneHour({ at, onAll }: { at: string; onAll(): void }) {
  const { master: words } = useWords(masterWords)
  const { times } = useWords(timetableWords)
  const hour = hourIn(at)
  return (
    <p className="master-told">
      {hour && times(hour.startTime, hour.endTime)}{' '}
      <button type="button" className="as-link" onClick={onAll}>
        {words.allTimes}
      </button>
    </p>
  )
}

/** Prints all lines, also those that nobody has asked for on the screen. */
function usePrinting(found: ReturnType<typeof useMaster>) {
  const [at, setAt] = useState('')
  const { person } = school.useRouteContext()
  const { master: words } = useWords(masterWords)
  const printAll = async () => {
    let { hasNextPage, isError } = found
    while (hasNextPage && !isError) ({ hasNextPage, isError } = await found.fetchNextPage())
    flushSync(() => setAt(new Date().toISOString()))
    print()
  }
  return { printAll, foot: at && <p className="only-printed">{words.printed(at, person.name)}</p> }
}

/** Who teaches what when in the whole school, under an address that can be sent to a colleague. */
export function MasterPage() {
  const { master: words } = useWords(masterWords)
  const week = useWords(timetableWords)
  const today = useToday()
  const { name } = useSchool()
  const { by = 'room', span = 'day', day = today, at } = route.useSearch()
  const navigate = route.useNavigate()
  const found = useMaster(by, span, day, at)
  const { printAll, foot } = usePrinting(found)
  usePageTitle(words.title, name)
  const go = (next: MasterSearch) => navigate({ search: (now) => ({ ...now, ...next }), replace: true })
  const pages = found.data?.pages ?? []
  const days = pages[0]?.days ?? []
  const [first = day, last = day] = [days[0]?.date, days.at(-1)?.date]
  return (
    <div className="page master-page">
      <p className="only-printed">{name}</p>
      <PageHead
        title={words.title}
        aside={<span className="dim digits">{first === last ? week.dayHead(first) : week.weekOf(first, last)}</span>}
        actions={
          <Steps
            span={span}
            day={day}
            isCurrent={first <= today && today <= last}
            onGo={(to) => go({ day: to === today ? undefined : to })}
            onPrint={() => void printAll()}
          />
        }
      />
      <div className="master-choices">
        <Choice
          label={words.arrange}
          values={['room', 'instructor', 'time']}
          names={words.by}
          chosen={by}
          onChoose={(next) =>
            go({ by: next === 'room' ? undefined : next, at: undefined, ...(next === 'time' && { span: undefined }) })
          }
        />
        {by !== 'time' && (
          <Choice
            label={words.span}
            values={['day', 'week']}
            names={words}
            chosen={span}
            onChoose={(next) => go({ span: next === 'day' ? undefined : next })}
          />
        )}
      </div>
      {at && <OneHour at={at} onAll={() => void go({ at: undefined })} />}
      {found.error && !found.data && <NotRead isPage error={found.error} />}
      {!found.data && !found.error && <Waiting lines={12} />}
      {found.data && (
        <Found
          pages={pages}
          by={pages[0]?.by ?? by}
          hasMore={found.hasNextPage}
          isFetching={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      )}
      {foot}
    </div>
  )
}
