import type { GradeLevel } from '../../db/values.ts'
import { gradeIn, gradeLevels } from '../../db/values.ts'
import type { Words } from '../messages/catalog.ts'
import { plain } from '../paste/guess-fields.ts'
import type { Choice } from '../records/form-shape.ts'

/** The school's grade levels by its own names and in its order; where it lists none, the usual ones. */
export function gradesOf(own: readonly GradeLevel[], student: Pick<Words['student'], 'grades' | 'notListed'>) {
  const names = new Map(own.map(({ code, name }) => [code, name]))
  const usual: Readonly<Record<string, string>> = student.grades
  const listed: readonly string[] = own.length ? own.map(({ code }) => code) : gradeLevels
  const called = (code: string) => names.get(code) ?? usual[code] ?? code
  /** 'Grade 7', 'Sixth form'; a level that the school does not list is told apart. */
  const name = (code: string) => (own.length && !names.has(code) ? student.notListed(called(code)) : called(code))
  return {
    name,
    /** For a narrow column: '7', 'KG', or the school's own name. */
    short: (code: string | null): string => {
      if (code === null) return ''
      return names.get(code) ?? (/^0\d$/.test(code) ? code.slice(1) : code)
    },
    /** One that is not listed stays choosable once it is chosen. */
    choices: (chosen?: string | null): Choice[] =>
      [...listed, ...(chosen && !listed.includes(chosen) ? [chosen] : [])].map((value) => ({
        value,
        label: name(value),
      })),
    /** In the words of the school or of this language, or as an import reads it; whatever else stays as it is. */
    read: (cell: string): string => {
      const wanted = plain(cell)
      const byName = listed.find((code) => plain(called(code)) === wanted)
      return byName ?? gradeIn(cell, own) ?? gradeLevels.find((code) => plain(usual[code] ?? '') === wanted) ?? cell
    },
  }
}
export type Grades = ReturnType<typeof gradesOf>
