import { erasedName } from './messages/erased-name.ts'

interface Names {
  givenName: string
  familyName: string
  middleName?: string | null
}

/** A name as the server put it together. */
export const calledName = (name: string): string => name || erasedName()

/** As lists are ordered: 'Abara, Amara'. */
export const listName = ({ givenName, familyName }: Names): string =>
  calledName([familyName, givenName].filter(Boolean).join(', '))
/** Where the family name stands in a name without a comma. */
export type NameOrder = 'familyLast' | 'familyFirst'

/** 'de la Cruz', 'van den Berg', 'bin Yusof': words that belong to the family name after them. */
const particle =
  /^(?:af|al|ap|av|bin|binti|da|de|degli|dei|del|della|den|der|des|di|do|dos|du|el|ibn|las?|les?|los?|san|santa|st|ten|ter|tot|vande|vander|van|vom|von|y|zum?|zur)[.’']?$/i

function familyFrom(words: readonly string[]): number {
  let at = words.length - 1
  while (at > 1 && particle.test(words[at - 1] ?? '')) at--
  return at
}

/** The names in a cell: 'Abara, Amara', 'Smith, Jr., Sam', 'Smith, "Sam, III"', 'Amara Abara' or 'Juan de la Cruz'. */
export function namesIn(cell: string, order: NameOrder = 'familyLast'): Pick<Names, 'givenName' | 'familyName'> {
  const [, before = '', inQuotes] = /^(.*),\s*"((?:[^"]|"")*)"$/s.exec(cell) ?? []
  if (inQuotes !== undefined) return { familyName: before.trim(), givenName: inQuotes.replaceAll('""', '"').trim() }
  const comma = cell.lastIndexOf(',')
  if (comma >= 0) return { familyName: cell.slice(0, comma).trim(), givenName: cell.slice(comma + 1).trim() }
  const words = cell.split(/\s+/)
  if (order === 'familyFirst') return { familyName: words[0] ?? '', givenName: words.slice(1).join(' ') }
  const at = familyFrom(words)
  return { familyName: words.slice(at).join(' '), givenName: words.slice(0, at).join(' ') }
}

/** In a file: as in a list, or so that `namesIn` reads the same names out of it. */
export function nameInFile(person: Names): string {
  const { givenName, familyName } = person
  const quoted = `${familyName}, "${givenName.replaceAll('"', '""')}"`
  const isRead = (cell: string) => {
    const names = namesIn(cell.trim())
    return names.givenName === givenName.trim() && names.familyName === familyName.trim()
  }
  return [listName(person), `${familyName},`, `, ${givenName}`, quoted].find(isRead) ?? listName(person)
}

/** As one is called: 'Amara Abara'. */
export const fullName = ({ givenName, middleName, familyName }: Names): string =>
  calledName([givenName, middleName, familyName].filter(Boolean).join(' '))

export const instructorNames = (instructors: readonly Names[]): string =>
  instructors.map(({ givenName, familyName }) => fullName({ givenName, familyName })).join(', ')
