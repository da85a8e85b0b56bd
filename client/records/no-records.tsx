import { Button } from '@mantine/core'
import { PasteLink } from '../lists/paste-link.tsx'
import { useMay, useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import type { RecordKind } from './record-kind.ts'
import { useRecordsSearch, useSearchChange } from './use-records-search.ts'

interface NoneYetWords {
  noneYet: string
  noneYetHint: string
  noneForReaderHint: string
  /** How all of them come in at once. */
  importCommand?: string
  /** For who sees only their own. */
  noneForInstructor?: string
  noneForInstructorHint?: string
}
interface NoneYetProps {
  kind: RecordKind<never>
  words: NoneYetWords
}

/** The school has none. */
export function NoneYet({ kind, words }: NoneYetProps) {
  const { role } = useSchool()
  const mayWrite = useMay(kind.write)
  if (role === 'instructor' && words.noneForInstructor)
    return <Empty title={words.noneForInstructor} hint={words.noneForInstructorHint} />
  return (
    <Empty
      title={words.noneYet}
      hint={mayWrite ? words.noneYetHint : words.noneForReaderHint}
      command={mayWrite ? words.importCommand : undefined}
    >
      {mayWrite && <PasteLink path={kind.path} />}
    </Empty>
  )
}

interface NoRecordsProps extends NoneYetProps {
  words: NoneYetWords &
    Record<'noMatch' | 'noMatchHint' | 'clear' | 'noneArchived' | 'noneArchivedHint' | 'toCurrent', string>
  /** Something but archiving narrows the list. */
  isFiltered: boolean
  /** The address without what narrows it. */
  none: object
  facts?: readonly string[]
}

/** Why the list is empty, and the way out. */
export function NoRecords({ kind, words, isFiltered, none, facts = [] }: NoRecordsProps) {
  const { archived } = useRecordsSearch()
  const change = useSearchChange(kind)
  if (isFiltered)
    return (
      <Empty title={words.noMatch} hint={words.noMatchHint} facts={facts}>
        <Button variant="default" onClick={() => change(none)}>
          {words.clear}
        </Button>
      </Empty>
    )
  if (archived)
    return (
      <Empty title={words.noneArchived} hint={words.noneArchivedHint}>
        <Button variant="default" onClick={() => change({ archived: undefined })}>
          {words.toCurrent}
        </Button>
      </Empty>
    )
  return <NoneYet kind={kind} words={words} />
}
