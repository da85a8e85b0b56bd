/** How people's names are ordered, found and shown. Students and instructors share it. */

/** Letters that Unicode does not take apart, in the spelling people type for them. */
const spelled: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  '’': "'",
  '‘': "'",
}
const taken = new RegExp(`[${Object.keys(spelled).join('')}]`, 'gu')

/** Without case, accents and width: 'Ångström' and 'angstrom' are the same. */
export const fold = (text: string): string =>
  text
    // Before and after: a capital İ leaves a mark behind, and a sign such as ℡ comes apart into capitals.
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(taken, (letter) => spelled[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()

export interface Names {
  givenName: string
  middleName?: string | null | undefined
  familyName: string
  preferredName?: string | null | undefined
}

/** As a directory orders names: apostrophes and points don't count, a hyphen is a space. */
const ordered = (name: string) => fold(name).replace(/['.]/g, '').replaceAll('-', ' ')

/** Folding can make a text longer than its column: then the end of it doesn't count. */
const cut = (text: string, max: number): string => (text.length > max ? text.slice(0, max).toWellFormed() : text)

/** Lists are ordered by it. The tab comes before every letter, so that Van comes before Van Dyk. */
export const sortName = ({ givenName, familyName }: Names): string =>
  cut(`${ordered(familyName)}\t${ordered(givenName)}`, 500)

/** What search looks through: folded, and once more without apostrophes and hyphens, so that 'oneil' finds O'Neil. */
export function searchText(
  { givenName, middleName, familyName, preferredName }: Names,
  ...more: (string | null | undefined)[]
): string {
  const words = fold([givenName, middleName, familyName, preferredName, ...more].filter(Boolean).join(' '))
  const plain = words.replace(/['-]/g, '')
  return cut(plain === words ? words : `${words} ${plain}`, 1500)
}

/** The columns that follow from a person's names. Who is erased sorts after every letter, and search finds nothing. */
export const personNames = (person: Names & { erasedAt?: Date | null }, ...more: (string | null | undefined)[]) =>
  person.erasedAt
    ? { sortName: '\u{fffd}', searchText: '' }
    : { sortName: sortName(person), searchText: searchText(person, ...more) }

/** Classes are ordered by it, and search looks through it. */
export const classSortName = (title: string, code: string | null | undefined): string =>
  cut(fold([title, code].filter(Boolean).join(' ')), 500)

/** Every word must be found somewhere; what people type has no order. At most 8 words count. */
export const searchWords = (text: string): string[] => fold(text).split(' ').filter(Boolean).slice(0, 8)
