import type { GradeLevel } from '../../db/values.ts'
import { gradeIn } from '../../db/values.ts'

const plain = (text: string) => text.normalize().trim().toLowerCase().replace(/\s+/g, ' ')

/** A code outlives a change of its level's name, so another level may have that name now. */
function freeCode(name: string, levels: readonly GradeLevel[]): string {
  const used = new Set(levels.map(({ code }) => plain(code)))
  let code = name
  for (let n = 2; used.has(plain(code)); n++) code = `${name.slice(0, 46)} ${n}`
  return code
}

export const longestLevelName = 50

const namesIn = (text: string): string[] =>
  text
    .split(/[,;\n\t]/)
    .map((name) => name.trim())
    .filter(Boolean)

/** The first name that is too long. */
export const tooLongIn = (text: string): string | undefined =>
  namesIn(text).find((name) => name.length > longestLevelName)

/** What was typed, several with commas between them. A name that files have a code for is written as that code. */
export const levelsIn = (text: string, levels: readonly GradeLevel[] = []): GradeLevel[] =>
  namesIn(text).map((name) => ({ code: gradeIn(name) ?? freeCode(name, levels), name }))

/** The names of those that share a name or a code with another. */
export const sameGrade = (levels: readonly GradeLevel[]): string[] => {
  const counts = new Map<string, number>()
  const keysOf = ({ code, name }: GradeLevel) => new Set([`code ${plain(code)}`, `name ${plain(name)}`])
  for (const level of levels) for (const key of keysOf(level)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return levels.filter((level) => [...keysOf(level)].some((key) => (counts.get(key) ?? 0) > 1)).map(({ name }) => name)
}

export const moved = <T>(items: readonly T[], from: number, by: number): T[] => {
  const rest = items.filter((_, index) => index !== from)
  return [...rest.slice(0, from + by), items[from] as T, ...rest.slice(from + by)]
}
