import { recall, remember } from '../remembered.ts'
import { makeStore } from '../store.ts'
import type { Separator } from './csv.ts'

export const separators = [',', ';', '\t'] as const satisfies readonly Separator[]

/** Windows separates lists by semicolons there, though the decimal sign is a point. */
const withSemicolon = /-(?:CH|LI)\b/

/** What a spreadsheet of this locale expects: where the comma is the decimal sign, it can't be the separator. */
export function separatorOf(locale: string): Separator {
  const decimal = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')
  return decimal?.value === '.' && !withSemicolon.test(locale) ? ',' : ';'
}

const remembered = 'separator'
const chosen = makeStore<string | null | undefined>(undefined)

/** What was chosen in this browser, else what the locale expects. */
export function useSeparator(locale: string): [Separator, (separator: Separator) => void] {
  const here = chosen.use() ?? recall(remembered)
  const choose = (separator: Separator) => {
    chosen.set(separator)
    remember(remembered, separator)
  }
  return [separators.find((one) => one === here) ?? separatorOf(locale), choose]
}
