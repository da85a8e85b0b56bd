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
/** The names in a cell: 'Abara, Amara', 'Smith, Jr., Sam', 'Smith, "Sam, III"' or 'Amara Abara'. */
export function namesIn(cell: string): Pick<Names, 'givenName' | 'familyName'> {
  const [, before = '', inQuotes] = /^(.*),\s*"((?:[^"]|"")*)"$/s.exec(cell) ?? []
  if (inQuotes !== undefined) return { familyName: before.trim(), givenName: inQuotes.replaceAll('""', '"').trim() }
  const comma = cell.lastIndexOf(',')
  if (comma >= 0) return { familyName: cell.slice(0, comma).trim(), givenName: cell.slice(comma + 1).trim() }
  const words = cell.split(/\s+/)
  return { familyName: words.at(-1) ?? '', givenName: words.slice(0, -1).join(' ') }
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
