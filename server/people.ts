/** Unicode does not take these letters apart; people type this spelling for them. */
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

/** Folded text has no case, accents or width: 'Ångström' equals 'angstrom'. */
export const fold = (text: string): string =>
  text
    // Twice: a capital İ leaves a mark behind, and a sign such as ℡ comes apart into capitals.
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

/** Directories ignore apostrophes and points in names, and treat a hyphen as a space. */
const ordered = (name: string) => fold(name).replace(/['.]/g, '').replaceAll('-', ' ')

/** Folding can make a text longer than its column. */
const cut = (text: string, max: number): string => (text.length > max ? text.slice(0, max).toWellFormed() : text)

/** The tab comes before every letter, so that Van comes before Van Dyk. */
export const sortName = ({ givenName, familyName }: Names): string =>
  cut(`${ordered(familyName)}\t${ordered(givenName)}`, 500)

/** Names are also there without apostrophes and hyphens, so that 'oneil' finds O'Neil. */
export function searchText(
  { givenName, middleName, familyName, preferredName }: Names,
  ...more: (string | null | undefined)[]
): string {
  const words = fold([givenName, middleName, familyName, preferredName, ...more].filter(Boolean).join(' '))
  const plain = words.replace(/['-]/g, '')
  return cut(plain === words ? words : `${words} ${plain}`, 1500)
}

/** Who is erased sorts after every letter, and search finds nothing. */
export const personNames = (person: Names & { erasedAt?: Date | null }, ...more: (string | null | undefined)[]) =>
  person.erasedAt
    ? { sortName: '\u{fffd}', searchText: '' }
    : { sortName: sortName(person), searchText: searchText(person, ...more) }

export const classSortName = (title: string, code: string | null | undefined): string =>
  cut(fold([title, code].filter(Boolean).join(' ')), 500)

/** Every word must be found, in any order. At most 8 words count. */
export const searchWords = (text: string): string[] => fold(text).split(' ').filter(Boolean).slice(0, 8)
