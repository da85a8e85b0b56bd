const digit = /\p{Nd}/u
const isDigit = (code: number) => code >= 0 && digit.test(String.fromCodePoint(code))

/** Unicode keeps the digits of a script together, from its zero to its nine. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  let before = 0
  while (isDigit(code - before - 1)) before++
  return String(before % 10)
}

/** In the digits 0 to 9, whichever digits it is written in. */
export const inLatinDigits = (text: string): string => text.replace(/\p{Nd}/gu, digitOf)

/** A decimal number as it is sent: '1,50' is '1.5'. What is none stays as it is. */
export function decimalIn(text: string): string {
  const plain = inLatinDigits(text.trim()).replace(/[,٫]/u, '.')
  return /^\d+(\.\d+)?$/.test(plain) ? String(Number(plain)) : text
}
