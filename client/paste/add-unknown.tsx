import { Button } from '@mantine/core'
import { v7 as newId } from 'uuid'
import type { AddedByName } from '../../db/values.ts'
import { addedByName } from '../../db/values.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useMay } from '../school.tsx'
import { Notice } from '../ui/page.tsx'
import { plain } from './guess-fields.ts'
import { pasteWords } from './paste-field.ts'
import type { Paste } from './use-paste.ts'

const shownAtMost = 12

interface UnknownProps {
  paste: Paste
  to: AddedByName
}
/** The names that cells of these rows give to records of the kind that are not there; one that is written in two ways is one. */
function unknownNames({ paste, to }: UnknownProps): string[] {
  const names = new Map<string, string>()
  for (const { said, state } of paste.checked)
    for (const { field, read } of state === 'out' ? [] : said)
      if (field.to === to && 'problem' in read && read.unknown) {
        const key = plain(read.unknown)
        if (!names.has(key)) names.set(key, read.unknown)
      }
  return [...names.values()]
}

/** Departments that pasted courses name are added together with them. */
function AddUnknownOf({ paste, to }: UnknownProps) {
  const words = useWords(pasteWords)
  const { list, number } = useFormats()
  const mayAdd = useMay(`${to}.write`)
  const names = unknownNames({ paste, to })
  if (!names.length || !mayAdd) return null
  const rest = names.length - shownAtMost
  const shown = [...names.slice(0, shownAtMost), ...(rest > 0 ? [`+ ${number(rest)}`] : [])]
  return (
    <Notice tone="info">
      {words.unknownNames[to](list(shown))}{' '}
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => paste.addNamed(names.map((name) => ({ to, as: newId(), name })))}
      >
        {words.addUnknown[to](names.length)}
      </Button>
    </Notice>
  )
}

export const AddUnknown = ({ paste }: Pick<UnknownProps, 'paste'>) =>
  addedByName.map((to) => <AddUnknownOf key={to} paste={paste} to={to} />)
