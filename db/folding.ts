/** How names and titles are compared, searched and ordered. Stored beside them, so that both databases agree; imports nothing. */

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
}
const taken = new RegExp(`[${Object.keys(spelled).join('')}]`, 'gu')
/** What keyboards, word processors and transliterations write for the apostrophe. */
const apostrophes =
  /[\u{60}\u{b4}\u{2b9}-\u{2bf}\u{2c8}\u{2ca}\u{2cb}\u{55a}\u{5f3}\u{2018}-\u{201b}\u{2032}\u{2035}\u{a78b}\u{a78c}\u{ff07}]/gu
const hyphens = /[\p{Dash_Punctuation}\u{2212}]/gu
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu
/** NUL stays: no database takes it, so that a search for it is refused. */
const withoutUnseen = (text: string) => text.replace(unseen, (one) => (one === '\0' ? one : ''))

/** Without the characters that nobody sees. A line break is a space. */
export const visible = (text: string): string => withoutUnseen(text.replace(/\s/g, ' ')).trim()

/** Folded text has no case, accents, width or invisible characters: 'Ångström' equals 'angstrom'. */
export const fold = (text: string): string =>
  withoutUnseen(visible(text.replace(apostrophes, "'")).toLowerCase().normalize('NFKD').replace(/\p{M}/gu, ''))
    // Twice: a capital İ leaves a mark behind, and a sign such as ℡ comes apart into capitals.
    .toLowerCase()
    .replace(taken, (letter) => spelled[letter] ?? letter)
    .replace(apostrophes, "'")
    .replace(hyphens, '-')
    .replace(/\s+/g, ' ')
    .trim()

/** Directories ignore apostrophes and points in names, and treat a hyphen as a space. */
export const asInDirectories = (name: string) => fold(name).replace(/['.]/g, '').replaceAll('-', ' ')

/** What is searched in: folded, and once more without apostrophes and hyphens, so that 'oneil' finds O'Neil. */
export function searchable(...texts: (string | null | undefined)[]): string {
  const words = fold(texts.filter(Boolean).join(' '))
  const plain = words.replace(/['-]/g, '')
  return plain === words ? words : `${words} ${plain}`
}

/** Every word must be found, in any order. At most 8 words count. */
export const searchWords = (text: string): string[] => fold(text).split(' ').filter(Boolean).slice(0, 8)

/** A number's digits follow a character that says how many they are, and that sorts before what people can type. */
const counted = (digits: string): string => {
  const figures = digits.replace(/^0+(?=\d)/, '')
  return String.fromCharCode(0x0d + Math.min(figures.length, 18)) + figures
}

/** Folded text in an order in which 2 comes before 10, by the code points that both databases compare. */
export const ordered = (text: string): string => fold(text).replace(/\d+/g, counted)
export const inNaturalOrder = (one: string, other: string): number => {
  const [a, b] = [ordered(one), ordered(other)]
  return a === b ? 0 : a < b ? -1 : 1
}

/** How two records of one name are told apart: by one of these fields that both have, or only by all of them. */
export interface Telling {
  names: readonly string[]
  apart: readonly string[]
  byAll?: true
}
type Values = Readonly<Record<string, unknown>>
const plain = (value: unknown): string => asInDirectories(String(value ?? ''))

export function nameKey(values: Values, { names }: Telling): string {
  const named = (of: (value: unknown) => string) => names.map((name) => of(values[name])).filter(Boolean)
  const folded = named(plain)
  return (folded.length ? folded : named((value) => String(value ?? '').trim())).join('\t')
}

const isGiven = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))
const isAlike = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) && Array.isArray(other)
    ? one.some((part) => other.includes(part))
    : one === other || plain(one) === plain(other)

function compared(one: Values, other: Values, { apart }: Telling) {
  const given = apart.filter((field) => isGiven(one[field]) && isGiven(other[field]))
  return { given, alike: given.filter((field) => isAlike(one[field], other[field])) }
}

export function isApart(one: Values, other: Values, telling: Telling): boolean {
  const { given, alike } = compared(one, other, telling)
  return given.length > 0 && (telling.byAll ? alike.length < given.length : !alike.length)
}

export const alikeIn = (one: Values, other: Values, telling: Telling): string[] => [
  ...telling.names.filter((name) => isGiven(one[name])),
  ...compared(one, other, telling).alike,
]

interface Reached {
  email?: string | null | undefined
  phone?: string | null | undefined
  otherPhone?: string | null | undefined
}
/** So many digits name a line without the code of its country. */
const lineDigits = 9
/** By what two people of one name are the same: an address, or a telephone line however it is grouped. */
export function contactsOf({ email, phone, otherPhone }: Reached): string[] {
  const lines = [phone, otherPhone].map((one) => (one ?? '').replace(/\D/g, ''))
  const called = lines.flatMap((one) => (one.length < 6 ? [] : one.slice(-lineDigits)))
  const address = email?.trim().toLowerCase()
  return address ? [...called, address] : called
}
