import { addressKinds, sexes, sexIn } from '../../db/values.ts'
import { email as emailInput } from '../../server/input.ts'
import { alikeAtMost } from '../../server/records/input.ts'
import { pasteStudentInput } from '../../server/students/input.ts'
import { useWords } from '../messages/messages.tsx'
import type { CellReads } from '../paste/cell-reads.ts'
import type { PasteField, Read } from '../paste/paste-field.ts'
import type { Asked } from '../paste/paste-kind.ts'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import type { Person } from '../paste/use-known.ts'
import { inParts, useParts } from '../paste/use-known.ts'
import type { NameOrder } from '../people.ts'
import { fullName, listName, namesIn } from '../people.ts'
import type { FormShape } from '../records/form-shape.ts'
import { choicesOf, textOf } from '../records/form-shape.ts'
import { useMay, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { addressLines } from './address-lines.ts'
import { filedGuardians } from './filed-guardians.ts'
import type { GuardianLine, PastedGuardian, PastedGuardians } from './pasted-guardians.ts'
import {
  comingAlong,
  guardianLines,
  guardianPlaces,
  guardiansInput,
  isLinked,
  noGuardians,
  relationIn,
} from './pasted-guardians.ts'
import type { StudentValues } from './student-form.ts'
import { studentForm } from './student-form.ts'
import { studentKind } from './student-kind.ts'
import type { Student } from './student-queries.ts'
import { addressesOf } from './student-summary.tsx'
import { studentListWords, studentPasteWords, studentWords } from './student-words.ts'
import { useGrades } from './use-grades.ts'

type Alike = Partial<Pick<Outputs['students']['alike'][number], 'guardians'>>
type Names = Parameters<typeof listName>[0]

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

function useOwn({ text, day, oneOf }: CellReads) {
  const { sexes: labels } = useWords(studentWords)
  const sex = oneOf('sex', choicesOf(sexes, labels))
  const grades = useGrades()
  const isPrivate = useMay('student.readPrivate')
  const grade = (cell: string) => ({ values: { gradeLevel: grades.read(cell) } })
  const mayLink = useMay('guardian.write')
  const addresses = useAddressFields(text)
  const guardians = useGuardianFields(text)
  return {
    gradeLevel: {
      ...text('gradeLevel'),
      read: grade,
      written: ({ gradeLevel }: Student) => grades.short(gradeLevel),
    },
    birthDate: isPrivate ? day('birthDate') : null,
    medicalNote: null,
    sex: isPrivate ? { ...sex, read: (cell: string) => sex.read(sexIn(cell) ?? cell) } : null,
    previousSchool: isPrivate ? text('previousSchool') : null,
    entryDate: day('entryDate'),
    addresses: isPrivate ? addresses : null,
    guardians: mayLink ? guardians : null,
  }
}

/** What the student's guardians have in the place of such a cell. */
function writtenGuardians({ guardians = [] }: Alike, line: GuardianLine): string {
  const texts = guardians.map((one) => (line === 'fullName' ? listName(one) : line === 'relation' ? '' : one[line]))
  return texts.filter(Boolean).join('; ')
}

/** A column for each line of each guardian. */
function useGuardianFields(text: CellReads['text']): PasteField[] {
  const words = useWords(studentPasteWords)
  return guardianPlaces.flatMap((place) =>
    guardianLines.flatMap((line): PasteField[] => {
      if (line === 'relation' && (place === 'mother' || place === 'father')) return []
      const name = `${place}.${line}`
      const isName = line === 'fullName' || line === 'givenName' || line === 'familyName'
      const valuesIn = (said: object) =>
        Object.fromEntries(Object.entries(said).map(([key, one]) => [`${place}.${key}`, one]))
      const saidIn = (values: object): PastedGuardian =>
        Object.fromEntries(Object.entries(values).map(([key, one]) => [key.slice(place.length + 1), one]))
      const read = (cell: string, order?: NameOrder): Read => {
        if (line === 'fullName') return { values: valuesIn(namesIn(cell, order)) }
        if (line === 'email') {
          const { data } = emailInput.safeParse(cell)
          return data ? { values: { [name]: data } } : { problem: words.email }
        }
        if (line !== 'relation') return text(name).read(cell)
        const relation = relationIn(cell, words.relations)
        return relation ? { values: { [name]: relation } } : { problem: words.relation }
      }
      return [
        {
          ...text(name),
          ...{ label: words.column(place, line), heads: words.heads(place, line), fills: [place], unit: place, read },
          ...(isName && { isName }),
          ...(line === 'fullName' && { hasOrder: true, echo: (values) => listName(saidIn(values) as Names) }),
          written: (record: Alike) => writtenGuardians(record, line),
          isIn: (record: Alike, values) => isLinked(record.guardians ?? [], line, saidIn(values)),
        },
      ]
    }),
  )
}

/** The form, and the guardians who come along. */
const shape: FormShape<Student, StudentValues & PastedGuardians> = {
  ...studentForm,
  schema: pasteStudentInput,
  fields: { ...studentForm.fields, guardians: null },
  valuesOf: (student) => ({ ...studentForm.valuesOf(student), ...noGuardians() }),
  inputOf: (values, fields = Object.keys(values)) => ({
    ...studentForm.inputOf(values, fields),
    ...guardiansInput(values, fields),
  }),
  fieldOf: (path) =>
    path[0] === 'guardians'
      ? [guardianPlaces[Number(path[1])], ...path.slice(2)].join('.')
      : (studentForm.fieldOf?.(path) ?? path.join('.')),
}

function useNotes(rows: readonly PastedGuardians[]): string[] {
  const words = useWords(studentPasteWords)
  const { guardians, shared, alike } = comingAlong(rows)
  if (!guardians) return []
  const called = (one: PastedGuardian) => fullName({ givenName: '', familyName: '', ...one })
  return [
    words.comingAlong(guardians),
    ...(shared ? [words.shared(shared)] : []),
    ...alike.slice(0, 5).map(([one, other]) => words.alike(called(one), called(other))),
  ]
}

function useAlike({ names, unique }: Asked) {
  const { students } = useTrpc()
  const people = inParts(names as Person[], alikeAtMost).map((part) => students.alike.queryOptions({ people: part }))
  const numbers = inParts(unique, alikeAtMost).map((part) => students.alike.queryOptions({ numbers: part }))
  return useParts([...people, ...numbers])
}

function useFileHeads() {
  const { guardianColumns: heads } = useWords(studentListWords)
  return filedGuardians.flatMap((place) => Object.values(heads).map((head) => head(place)))
}

export const pasteKind = {
  kind: studentKind,
  shape,
  useOwn,
  useAlike,
  useNotes,
  useFileHeads,
  listWords: studentListWords,
}
export const PastePage = () => <Paste {...pasteKind} />
