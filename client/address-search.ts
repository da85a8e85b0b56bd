/** Search parameters are plain text, `?grade=07&q=ada`, and each page reads its own. The browser shows `?grade=07#q=ada`. */
export const parseSearch = (text: string) => Object.fromEntries(new URLSearchParams(text))
export function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return text && `?${text}`
}

/** What one parameter says; undefined where it makes no sense. */
export const textFrom = (value: unknown, longest: number): string | undefined =>
  (typeof value === 'string' && value.trim().slice(0, longest)) || undefined
export const oneOf = <T extends string>(value: unknown, known: readonly T[]): T | undefined =>
  known.find((one) => one === value)
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const idFrom = (value: unknown): string | undefined =>
  typeof value === 'string' && uuid.test(value) ? value : undefined
