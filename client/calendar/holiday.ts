/** Closed days as they were read. */
export interface Range {
  from: string
  to: string
}
export interface ReadHoliday extends Range {
  note: string | null
}

/** As the server takes it: no half of a character at the end, nothing that nobody can see. */
export function noteOf(text: string): string | null {
  const note = text
    .replace(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .trim()
    .slice(0, 500)
    .replace(/[\uD800-\uDBFF]$/, '')
  return /[^\p{Default_Ignorable_Code_Point}\p{Cf}\p{Z}]/u.test(note) ? note.trim() : null
}

/** What of them lies within the range, each once: the rest is not laid out. */
export function within(holidays: readonly ReadHoliday[], range: Range): ReadHoliday[] {
  const found = new Map<string, ReadHoliday>()
  for (const { from, to, note } of holidays) {
    if (from > range.to || to < range.from) continue
    const clipped = { from: from < range.from ? range.from : from, to: to > range.to ? range.to : to, note }
    found.set(`${clipped.from} ${clipped.to} ${note}`, clipped)
  }
  return [...found.values()]
}
