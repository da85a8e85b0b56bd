import type { CellReads } from '../paste/cell-reads.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { useCourses, useRooms, useTerms } from './class-choices.ts'
import { classForm } from './class-form.ts'
import { classKind } from './class-kind.ts'

function useFields({ text, reference, references }: CellReads) {
  const courses = useCourses().map(({ id, title, code }) => ({ id, names: [title, code] }))
  const terms = useTerms().map(({ id, title }) => ({ id, names: [title] }))
  const rooms = useRooms().map(({ id, name }) => ({ id, names: [name] }))
  return [
    text('title'),
    text('code'),
    reference('courseId', courses),
    references('academicSessionIds', terms),
    text('capacity'),
    reference('roomId', rooms),
  ]
}

export const PastePage = () => <Paste kind={classKind} shape={classForm} useFields={useFields} />
