/** A list's address in one spelling, without the record that is open beside it: what a saved view keeps. */
export function viewText(search: object): string {
  const given = Object.entries(search).filter(
    ([key, value]) => key !== 'student' && value !== undefined && value !== '',
  )
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)]).toSorted()).toString()
}

/** What a view keeps, for a link; the list it opens leaves out what makes no sense. */
export const viewSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))

export const isSameView = (text: string, other: string): boolean => viewText(viewSearch(text)) === other
