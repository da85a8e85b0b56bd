/** How the cells of a pasted row become a student. */
import { gradeLevels, studentStatuses } from '../../../db/values.ts'
import type { Messages } from '../../messages/en.ts'
import { paste } from '../../messages/en-paste.ts'
import type { Area } from '../../messages/messages.tsx'
import { useFormats, useMessages, useWords } from '../../messages/messages.tsx'
import type { PasteField } from '../../paste/guess-fields.ts'
import { plain } from '../../paste/guess-fields.ts'
import type { DayOrder } from '../../paste/read-day.ts'
import { isUnclearDay, readDay } from '../../paste/read-day.ts'
import { useMay } from '../../school.tsx'
import { gradeName } from '../grade-name.ts'
import { usePrograms } from '../students-filters.tsx'

export const pasteWords: Area<ReturnType<typeof paste>> = { en: paste }
export type PasteWords = ReturnType<typeof paste>

const names = [
  'familyName',
  'givenName',
  'fullName',
  'middleName',
  'preferredName',
  'number',
  'gradeLevel',
  'status',
  'birthDate',
  'email',
  'programId',
  'isInternational',
  'isCoop',
] as const
export type FieldName = (typeof names)[number]

/** What the cell says, or what is wrong with it. */
export type Read = { value: Record<string, unknown> } | { problem: string }
export interface StudentField extends PasteField {
  name: FieldName
  read(cell: string): Read
}

/** '7', '07', 'Grade 7' and 'KG' are codes; whatever else stays as it is. */
function gradeOf(cell: string, messages: Messages): string {
  const wanted = plain(cell)
  const known = gradeLevels.find((code) => plain(code) === wanted || plain(gradeName(code, messages)) === wanted)
  if (known) return known
  const [digits] =
    /^\d{1,2}$/.exec(wanted.replace(/^(grade|year|gr|yr) ?/, '').replace(/(st|nd|rd|th)( grade)?$/, '')) ?? []
  return gradeLevels.find((code) => code === digits?.padStart(2, '0')) ?? cell
}

/** 'Abara, Amara' or 'Amara Abara'. */
function namesIn(cell: string): Record<string, unknown> {
  const [family = '', given = ''] = cell.split(',').map((part) => part.trim())
  if (cell.includes(',')) return { familyName: family, givenName: given }
  const words = cell.split(/\s+/)
  return { familyName: words.at(-1) ?? '', givenName: words.slice(0, -1).join(' ') }
}

/** The fields that pasted columns can be, and how each reads a cell. */
export function useStudentFields(order: DayOrder | undefined): StudentField[] {
  const messages = useMessages()
  const words = useWords(pasteWords)
  const { locale } = useFormats()
  const programs = usePrograms()
  const isPrivate = useMay('student.readPrivate')
  const { problems } = words
  const reads: Partial<Record<FieldName, (cell: string) => Read>> = {
    fullName: (cell) => ({ value: namesIn(cell) }),
    gradeLevel: (cell) => ({ value: { gradeLevel: gradeOf(cell, messages) } }),
    status(cell) {
      const status = studentStatuses.find((one) => [one, messages.student.status[one]].map(plain).includes(plain(cell)))
      return status ? { value: { status } } : { problem: problems.status }
    },
    birthDate(cell) {
      const birthDate = readDay(cell, locale, order)
      if (birthDate) return { value: { birthDate } }
      return { problem: isUnclearDay(cell) && !order ? problems.unclearDay : problems.birthDate }
    },
    programId(cell) {
      const program = programs.find(({ name }) => plain(name) === plain(cell))
      return program ? { value: { programId: program.id } } : { problem: problems.programId }
    },
  }
  const flag = (name: FieldName) => (cell: string) => {
    const isSaid = (known: readonly string[]) => known.includes(plain(cell))
    if (isSaid(words.yes)) return { value: { [name]: true } }
    return isSaid(words.no) ? { value: { [name]: false } } : { problem: problems.flag }
  }
  const looks: Partial<Record<FieldName, (cell: string) => boolean>> = {
    email: (cell) => /^\S+@\S+\.\S+$/.test(cell),
    birthDate: (cell) => isUnclearDay(cell) || readDay(cell, locale, undefined) !== undefined,
  }
  return names
    .filter((name) => isPrivate || name !== 'birthDate')
    .filter((name) => programs.length > 0 || name !== 'programId')
    .map((name) => {
      const looksLike = looks[name]
      const isFlag = name === 'isInternational' || name === 'isCoop'
      return {
        name,
        label: name === 'fullName' ? words.fullName : messages.student.fields[name],
        heads: words.heads[name],
        ...(looksLike && { looksLike }),
        read: reads[name] ?? (isFlag ? flag(name) : (cell) => ({ value: { [name]: cell } })),
      }
    })
}
