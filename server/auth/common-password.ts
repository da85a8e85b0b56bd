/** Whether a password is among the first that are guessed: what it is made of counts, not how long it is. */
import { commonWords } from './common-words.ts'

let loaded: Set<string> | undefined
const words = () => {
  loaded ??= new Set(commonWords.trim().split(/\s+/))
  return loaded
}

const leet: Record<string, string> = { '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' }
const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
/** A 1 and an ! stand for an i or an l. */
const readings = (plain: string) => [
  plain,
  ...['i', 'l'].map((one) => plain.replace(/[03457@$1!]/g, (char) => leet[char] ?? one)),
]

const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  ...['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'azertyuiop'],
  ...['qaz', 'wsx', 'edc', 'rfv', 'tgb', 'yhn', 'ujm'],
]
const neighbors = new Set(
  runs.flatMap((run) => Array.from(run).flatMap((char, n) => [`${char}${run[n + 1]}`, `${run[n + 1]}${char}`])),
)
const isLetter = (char: string) => /\p{L}/u.test(char)

/** A word of the list is worth two letters; digits, signs, years, repetition, keys in a row and own words are worth nothing. */
const worthOfWord = 2
const enough = 5
const longestWord = 30

interface Part {
  worth: number
  text: string
  before: number
}

/** The cheapest way to put the text together that ends at each of its places. */
function cheapest(chars: string[], own: ReadonlySet<string>): Part[] {
  const texts = readings(chars.join(''))
  const best: Part[] = [{ worth: 0, text: '', before: -1 }]
  const offer = (at: number, worth: number, text: string, before: number) => {
    const total = (best[before]?.worth ?? 0) + worth
    if (total < (best[at]?.worth ?? Number.POSITIVE_INFINITY)) best[at] = { worth: total, text, before }
  }
  for (let end = 1; end <= chars.length; end++) {
    const [char = '', last = ''] = [chars[end - 1], chars[end - 2]]
    const isFree = !isLetter(char) || char === last || neighbors.has(`${last}${char}`)
    offer(end, isFree ? 0 : 1, '', end - 1)
    for (let start = Math.max(0, end - longestWord); start <= end - 4; start++)
      for (const text of texts) {
        const word = text.slice(start, end)
        if (own.has(word)) offer(end, 0, '', start)
        else if (words().has(word)) offer(end, worthOfWord, word, start)
      }
  }
  return best
}

/** A word that comes again is worth nothing. */
function worthOf(text: string, own: ReadonlySet<string>): number {
  const chars = Array.from(/^(.+?)\1+$/su.exec(text)?.[1] ?? text)
  const best = cheapest(chars, own)
  const used = new Set<string>()
  let worth = best.at(-1)?.worth ?? 0
  for (let at = best.length - 1; at > 0; at = best[at]?.before ?? 0) {
    const { text: word = '' } = best[at] ?? {}
    if (word && used.has(word)) worth -= worthOfWord
    used.add(word)
  }
  return worth
}

/** `known` are names and addresses of the person and her schools. */
export function isCommonPassword(password: string, known: readonly string[]): boolean {
  const plain = fold(password)
  const own = new Set(known.flatMap((text) => fold(text).split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 3))
  const letters = plain.replace(/\P{L}/gu, '')
  return [plain, letters].some((text) => worthOf(text, own) < enough)
}
