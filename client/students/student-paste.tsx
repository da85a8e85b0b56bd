import { gradeLevels } from '../../db/values.ts'
import type { Words } from '../messages/catalog.ts'
import { gradeName } from '../messages/grade-name.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import { plain } from '../paste/guess-fields.ts'
import type { PasteWords } from '../paste/paste-field.ts'
import { pasteWords } from '../paste/paste-field.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { useMay } from '../school.tsx'
import { studentForm } from './student-form.ts'
import { studentKind } from './student-kind.ts'
import { studentWords } from './student-words.ts'

/** '7', '07', 'Grade 7' and 'KG' are codes; whatever else stays as it is. */
function gradeOf(cell: string, student: Words['student'], paste: PasteWords): string {
  const wanted = plain(cell)
  const known = gradeLevels.find((code) => plain(code) === wanted || plain(gradeName(code, student)) === wanted)
  if (known) return known
  const grade = paste.gradeNumber(wanted)
  return gradeLevels.find((code) => code === String(grade).padStart(2, '0')) ?? cell
}

function useOwn({ text, day }: CellReads) {
  const student = useWords(studentWords)
  const paste = useWords(pasteWords)
  const isPrivate = useMay('student.readPrivate')
  const grade = (cell: string) => ({ values: { gradeLevel: gradeOf(cell, student, paste) } })
  return { gradeLevel: { ...text('gradeLevel'), read: grade }, birthDate: isPrivate ? day('birthDate') : null }
}

export const PastePage = () => <Paste kind={studentKind} shape={studentForm} useOwn={useOwn} />
