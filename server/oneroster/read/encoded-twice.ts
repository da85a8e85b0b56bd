/** Bytes of UTF-8 that some program took for letters of Windows-1252 and encoded once more: 'GonzÃ¡lez'. */
import { isUtf8 } from 'node:buffer'

/** What Windows-1252 shows for the bytes from 0x80 to 0x9f. */
const shown = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const suspicious = new RegExp(`[\\u00c2-\\u00f4][\\u0080-\\u00bf${shown}]`)

/** What else two letters may make, such as the end of "NOÉ’", is in no name. */
const likely = /^[\0-\x7f\u00a0-\u017f\u0370-\u03ff\u0400-\u045f\u05d0-\u05ea\u0620-\u064a\u0800-\u{10ffff}]*$/u

function byteOf(letter: string): number {
  const at = shown.indexOf(letter)
  return at < 0 ? (letter.codePointAt(0) ?? 0) : 0x80 + at
}

/** Undefined for a text that means itself. */
export function beforeEncodedTwice(text: string): string | undefined {
  if (!suspicious.test(text)) return undefined
  const codes = [...text].map(byteOf)
  if (codes.some((code) => code > 0xff)) return undefined
  const bytes = Buffer.from(codes)
  const before = isUtf8(bytes) ? bytes.toString('utf8') : undefined
  return before && likely.test(before) ? before : undefined
}

/** What the register has right stays, where the bundle has the same encoded twice. */
export function withoutEncodedTwice(known: object, told: Record<string, unknown>): Record<string, unknown> {
  let right = told
  for (const [field, value] of Object.entries(told)) {
    const before = typeof value === 'string' ? beforeEncodedTwice(value) : undefined
    if (before !== undefined && (known as Record<string, unknown>)[field] === before)
      right = { ...right, [field]: before }
  }
  return right
}
