import { asInDirectories, ordered, searchable } from '../db/folding.ts'
import { DomainError } from './errors.ts'

export interface Names {
  givenName: string
  middleName?: string | null | undefined
  familyName: string
  preferredName?: string | null | undefined
}

/** As one is called: 'Amara Abara'. Some people have one name only. */
export const called = ({ givenName, familyName }: Names): string => `${givenName} ${familyName}`.trim()

/** Whichever way the person is written, one of the two is there; an erased one has none. */
export function requireName({ givenName, familyName, erasedAt }: Names & { erasedAt: Date | null }): void {
  if (!givenName && !familyName && !erasedAt) throw new DomainError('person.name_missing')
}

/** Folding can make a text longer than its column. */
const cut = (text: string, max: number): string => (text.length > max ? text.slice(0, max).toWellFormed() : text)

/** The tab comes before every letter, so that Van comes before Van Dyk. Who has one name stands where it belongs. */
export const sortName = ({ givenName, familyName }: Names): string => {
  const [first, ...rest] = [familyName, givenName].map(asInDirectories).filter(Boolean)
  return cut(`${first ?? ''}\t${rest.join('')}`, 500)
}

export const searchText = (
  { givenName, middleName, familyName, preferredName }: Names,
  ...more: (string | null | undefined)[]
): string => cut(searchable(givenName, middleName, familyName, preferredName, ...more), 1500)

/** Who is erased sorts after every letter, and search finds nothing. */
export const personNames = (person: Names & { erasedAt?: Date | null }, ...more: (string | null | undefined)[]) =>
  person.erasedAt
    ? { sortName: '\u{fffd}', searchText: '' }
    : { sortName: sortName(person), searchText: searchText(person, ...more) }

/** Before the tab what classes are ordered by, after it what is searched in. */
export function classSortName(title: string, code: string | null | undefined): string {
  const order = cut(ordered(`${title} ${code ?? ''}`), 180)
  return cut(`${order}\t ${searchable(title, code)}`, 500)
}

export const numberOrder = (number: string | null): string | null => number && cut(ordered(number), 100)
