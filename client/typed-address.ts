/**
 * What people typed stands after the `#` of an address, which browsers tell no server, and so no proxy's log. The router reads and
 * writes it as a search parameter like the others.
 */

/** Words that were searched for, and where to go on after signing in, which may hold such words. */
const typed = ['q', 'next']
const isTyped = (part: string): boolean => typed.some((name) => part.startsWith(`${name}=`))
/** The parts of a fragment: what was typed, and the place in the page. */
const partsOf = ({ hash }: URL) => {
  const parts = hash.slice(1).split('&')
  return { words: new URLSearchParams(parts.filter(isTyped).join('&')), place: parts.filter((part) => !isTyped(part)) }
}

/** '/students?grade=07&q=ada#history', as the router has it, is '/students?grade=07#history&q=ada' in the browser. */
export function shownAddress(address: URL): URL {
  const { words, place } = partsOf(address)
  const shown = new URL(address)
  for (const [name, value] of address.searchParams) {
    if (!typed.includes(name)) continue
    words.set(name, value)
    shown.searchParams.delete(name)
  }
  if (words.size) shown.hash = [...place, String(words)].filter(Boolean).join('&')
  return shown
}

/** The other way round. Addresses of before 2026-11-29 have the words in front of the `#` already. */
export function routedAddress(shown: URL): URL {
  const { words, place } = partsOf(shown)
  if (!words.size) return shown
  const routed = new URL(shown)
  for (const [name, value] of words) routed.searchParams.set(name, value)
  routed.hash = place.join('&')
  return routed
}

/** Without the origin. */
export const pathOf = ({ pathname, search, hash }: URL): string => pathname + search + hash
