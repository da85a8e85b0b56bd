import { alikeAtMost } from '../../server/records/input.ts'
import type { CellReads } from '../paste/cell-reads.ts'
import type { Asked } from '../paste/paste-kind.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { inParts, useParts } from '../paste/use-known.ts'
import { useTrpc } from '../school.tsx'
import { useTerms } from './class-choices.ts'
import { classForm } from './class-form.ts'
import type { SchoolClass } from './class-kind.ts'
import { classKind } from './class-kind.ts'
import { classListWords } from './class-words.ts'

function useOwn({ references }: CellReads) {
  const terms = useTerms().map(({ id, title }) => ({ value: id, label: title }))
  const written = (record: SchoolClass) => record.terms.map(({ title }) => title).join('; ')
  return { academicSessionIds: { ...references('academicSessionIds', terms), written } }
}

function useAlike({ names }: Asked) {
  const { classes } = useTrpc()
  const titles = names.map(({ title = '' }) => title)
  return useParts(inParts(titles, alikeAtMost).map((part) => classes.alike.queryOptions({ titles: part })))
}

export const pasteKind = { kind: classKind, shape: classForm, useOwn, useAlike, listWords: classListWords }
export const PastePage = () => <Paste {...pasteKind} />
