/** The client's own lists, their files and the pages that paste them, with the router's answers and without a browser. */
import type { Query } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import type { ListColumn } from '../../client/lists/list-columns.ts'
import type { PasteDraft } from '../../client/paste/paste-draft.ts'
import type { AnyPasteKind } from '../../client/paste/paste-kind.ts'
import type { Paste } from '../../client/paste/use-paste.ts'
import type { SchoolMembership } from '../../client/session.ts'
import type { RecordEntity } from '../../db/values.ts'
import type { Person } from '../../server/trpc.ts'
import './no-browser.ts'
import { as } from './people.ts'

const { apiOf } = await import('../../client/api.ts')
const { csvOf } = await import('../../client/lists/csv.ts')
const { separatorOf } = await import('../../client/lists/csv-separator.ts')
const { cellsInFile, headsInFile, shownColumns } = await import('../../client/lists/list-columns.ts')
const { speak, wordsAreHere } = await import('../../client/messages/languages.ts')
const { SpeechProvider } = await import('../../client/messages/messages.tsx')
const { usePaste } = await import('../../client/paste/use-paste.ts')
const { SchoolProvider } = await import('../../client/school.tsx')

interface Screens {
  useColumns: unknown
  pasteKind: unknown
}
async function screensOf(list: Promise<Pick<Screens, 'useColumns'>>, paste: Promise<Pick<Screens, 'pasteKind'>>) {
  const useColumns = (await list).useColumns as () => ListColumn<object>[]
  const pasteKind = (await paste).pasteKind as AnyPasteKind
  await wordsAreHere()
  return { useColumns, pasteKind }
}
const students = async () => {
  const { useStudentColumns: useColumns } = await import('../../client/students/students-columns.tsx')
  return { useColumns }
}
const screens = {
  student: () => screensOf(students(), import('../../client/students/student-paste.tsx')),
  class: () =>
    screensOf(import('../../client/classes/classes-page.tsx'), import('../../client/classes/class-paste.tsx')),
  guardian: () =>
    screensOf(
      import('../../client/guardians/guardians-list.tsx'),
      import('../../client/guardians/guardian-form-screens.tsx'),
    ),
  instructor: () =>
    screensOf(
      import('../../client/instructors/instructor-screens.tsx'),
      import('../../client/instructors/instructor-form-screens.tsx'),
    ),
  academicSession: () =>
    screensOf(
      import('../../client/academic-sessions/term-screens.tsx'),
      import('../../client/academic-sessions/term-form-screens.tsx'),
    ),
  course: () =>
    screensOf(
      import('../../client/courses/course-screens.tsx'),
      import('../../client/courses/course-form-screens.tsx'),
    ),
  room: () =>
    screensOf(import('../../client/rooms/room-screens.tsx'), import('../../client/rooms/room-form-screens.tsx')),
  department: () =>
    screensOf(
      import('../../client/departments/department-screens.tsx'),
      import('../../client/departments/department-form-screens.tsx'),
    ),
  program: () =>
    screensOf(
      import('../../client/programs/program-screens.tsx'),
      import('../../client/programs/program-form-screens.tsx'),
    ),
} satisfies Record<RecordEntity, unknown>

type Ask = (input?: object) => Promise<unknown>
const procedure = (person: Person, [feature = '', verb = '']: readonly string[]): Ask =>
  (as(person) as unknown as Record<string, Record<string, Ask>>)[feature]?.[verb] as Ask

const isAsked = ({ state, options }: Query) =>
  state.data === undefined && (options as { enabled?: boolean }).enabled !== false

type Then<T> = (answer: T) => void
interface Place {
  person: Person
  school: SchoolMembership
  locale: string
}

/** What a component answers once all that it asks for is here. */
async function told<T>({ person, school, locale }: Place, show: (then: Then<T>) => ReactNode): Promise<T> {
  const { queryClient } = apiOf(school.slug)
  queryClient.clear()
  let answer: T | undefined
  const Shown = () =>
    show((one) => {
      answer = one
    })
  for (;;) {
    renderToString(
      <SpeechProvider language="en" locale={locale} timeZone={school.timeZone}>
        <SchoolProvider school={school}>
          <Shown />
        </SchoolProvider>
      </SpeechProvider>,
    )
    const asked = queryClient.getQueryCache().findAll({ predicate: isAsked })
    if (!asked.length) return answer as T
    for (const { queryKey } of asked) {
      const [path, { input } = {}] = queryKey as unknown as [string[], { input?: object }?]
      queryClient.setQueryData(queryKey, await procedure(person, path)(input))
    }
  }
}

/** The page as it is once it has read the text: its rows are those it begins with. */
function Pasted({ pasteKind, text, then }: { pasteKind: AnyPasteKind; text: string; then: Then<Paste> }) {
  const { pasted, read } = usePaste(pasteKind)
  if (!pasted) read(text)
  return pasted && <Compared pasteKind={pasteKind} draft={{ text, order: undefined, pasted }} then={then} />
}
function Compared({ pasteKind, draft, then }: { pasteKind: AnyPasteKind; draft: PasteDraft; then: Then<Paste> }) {
  then(usePaste(pasteKind, draft))
  return null
}

/** The screens of this person, in their first school, whose dates and numbers are written by the locale. */
export async function atDesk(person: Person, locale: string) {
  await speak('en')
  const session = await as(person).session.get()
  const [school] = session.person?.schools ?? []
  if (!school) throw new Error('this person belongs to no school')
  const place = { person, school, locale }
  const columnsOf = async (entity: RecordEntity) => {
    const { useColumns } = await screens[entity]()
    return told<ListColumn<object>[]>(place, (then) => {
      then(useColumns())
      return null
    })
  }
  return {
    columns: async (entity: RecordEntity) => (await columnsOf(entity)).map(({ id }) => id),
    /** The list's file: of these columns, else of the usual ones. */
    async file(entity: RecordEntity, rows: readonly object[], cols?: string): Promise<string> {
      const columns = shownColumns(await columnsOf(entity), cols)
      const cells = rows.map((row) => cellsInFile(columns, row))
      return csvOf([headsInFile(columns), ...cells], separatorOf(locale))
    },
    async paste(entity: RecordEntity, text: string): Promise<Paste> {
      const { pasteKind } = await screens[entity]()
      return told<Paste>(place, (then) => <Pasted pasteKind={pasteKind} text={text} then={then} />)
    },
  }
}
