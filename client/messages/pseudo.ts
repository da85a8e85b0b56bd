/**
 * A language that nobody speaks, made from English: long, accented, between marks, and from right to left. What is read on a
 * screen without its marks does not come from the catalog. CLDR calls it ar-XB. Only development and the browser tests have it.
 */
import type { Catalog } from './catalog.ts'
import { catalog as english } from './en/catalog.ts'

const plain = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const accented = 'ÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽàƀçðéƒĝĥîĵķļṁñöþǫŕšţûṽŵẋýž'
const long = /[aeiou]/i
const unlike = (letter: string): string => {
  const other = accented[plain.indexOf(letter)] ?? letter
  return long.test(letter) ? other + other : other
}
/** What holds a part's place in a sentence stays (history/filled.tsx), and so does what has no letters. */
export const pseudoText = (text: string): string =>
  /[a-z]/i.test(text) ? `\u200f⟦${text.replace(/[a-z]/gi, unlike)}⟧` : text

function pseudo<Said>(said: Said): Said
function pseudo(said: unknown): unknown {
  if (typeof said === 'string') return pseudoText(said)
  if (typeof said === 'function') return (...given: unknown[]) => pseudo(said(...given))
  if (Array.isArray(said)) return said.map(pseudo)
  if (typeof said !== 'object' || said === null) return said
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, pseudo(value)]))
}

const areas = Object.entries(english.areas).map(([name, load]) => [name, async () => pseudo({ ...(await load()) })])

export const catalog: Catalog = {
  direction: 'rtl',
  erased: pseudo<string>(english.erased),
  frame: pseudo(english.frame),
  areas: Object.fromEntries(areas),
}
