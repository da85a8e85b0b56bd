import { addressKinds } from '../../db/values.ts'
import { alikeAtMost } from '../../server/records/input.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import type { PasteField } from '../paste/paste-field.ts'
import type { Asked } from '../paste/paste-kind.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import type { Person } from '../paste/use-known.ts'
import { inParts, useParts } from '../paste/use-known.ts'
import { textOf } from '../records/form-shape.ts'
import { useMay, useTrpc } from '../school.tsx'
import { addressLines } from './address-lines.ts'
import { studentForm } from './student-form.ts'
import { studentKind } from './student-kind.ts'
import type { Student } from './student-queries.ts'
import { addressesOf } from './student-summary.tsx'
import { studentListWords, studentWords } from './student-words.ts'
import { useGrades } from './use-grades.ts'

const written = (record: Student, path: string): string => {
  const [kind, line] = path.split('.')
  const address = addressesOf(record).find((one) => one.kind === kind)
  return textOf(address?.[line as (typeof addressLines)[number]])
}

/** A column for each line of an address. */
function useAddressFields(text: CellReads['text']): PasteField[] {
  const student = useWords(studentWords)
  return addressKinds.flatMap((kind) =>
    addressLines.map((line) => {
      const name = `${kind}.${line}`
      const label = student.addressColumn(kind, line)
      return { ...text(name), label, fills: [kind], written: (record: Student) => written(record, name) }
    }),
  )
}

function useOwn({ text, day }: CellReads) {
  const grades = useGrades()
  const isPrivate = useMay('student.readPrivate')
  const grade = (cell: string) => ({ values: { gradeLevel: grades.read(cell) } })
  const addresses = useAddressFields(text)
  return {
    gradeLevel: {
      ...text('gradeLevel'),
      read: grade,
      written: ({ gradeLevel }: Student) => grades.short(gradeLevel),
    },
    birthDate: isPrivate ? day('birthDate') : null,
    entryDate: day('entryDate'),
    addresses: isPrivate ? addresses : null,
  }
}

function useAlike({ names, unique }: Asked) {
  const { students } = useTrpc()
  const people = inParts(names as Person[], alikeAtMost).map((part) => students.alike.queryOptions({ people: part }))
  const numbers = inParts(unique, alikeAtMost).map((part) => students.alike.queryOptions({ numbers: part }))
  return useParts([...people, ...numbers])
}

export const pasteKind = { kind: studentKind, shape: studentForm, useOwn, useAlike, listWords: studentListWords }
export const PastePage = () => <Paste {...pasteKind} />
