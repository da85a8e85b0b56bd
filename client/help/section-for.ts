/** Which section of the handbook explains a page, and which keys the page knows beside those of every page. */

export type PageKeys = 'list' | 'calendar' | 'form' | 'waitlist'
export interface PageHelp {
  section: string
  keys: readonly PageKeys[]
}

/** By the address inside the school; `*` stands for any part of it. The first that fits holds. */
const pages: readonly (readonly [string, string, ...PageKeys[]])[] = [
  ['home', 'home'],
  ['help', 'home'],
  ['*/paste', 'pasting-rows'],
  ['*/*/edit', 'two-people-at-one-record', 'form'],
  ['*/new', 'forms', 'form'],
  ['*/print', 'lists-and-search'],
  ['students/duplicates', 'two-records-of-one-student'],
  ['students/*/merge/*', 'two-records-of-one-student'],
  ['students', 'lists-and-search', 'list'],
  ['students/emergency', 'on-paper-and-in-files'],
  ['students/labels', 'on-paper-and-in-files'],
  ['students/*', 'who-is-at-the-school'],
  ['guardians', 'guardians', 'list'],
  ['guardians/*', 'guardians'],
  ['classes', 'lists-and-search', 'list'],
  ['classes/*', 'seats-and-waitlists', 'waitlist'],
  ['classes/*/meetings', 'the-timetable', 'form'],
  ['classes/*/print', 'seats-and-waitlists'],
  ['classes/*/emergency', 'on-paper-and-in-files'],
  ['classes/*/labels', 'on-paper-and-in-files'],
  ['classes/*/photos', 'photos'],
  ['timetable', 'the-timetable'],
  ['master-timetable', 'the-timetable'],
  ['free', 'the-timetable'],
  ['calendar', 'the-calendar-and-the-bells', 'calendar'],
  ['calendar/*', 'the-calendar-and-the-bells', 'form'],
  ['terms', 'terms', 'list'],
  ['terms/*', 'terms'],
  ['history', 'what-happened-and-taking-it-back', 'list'],
  ['imports', 'files-from-another-system'],
  ['imports/*', 'files-from-another-system'],
  ['members', 'colleagues-who-come-forget-and-go'],
  ['members/*', 'colleagues-who-come-forget-and-go'],
  ['account', 'when-a-session-ends'],
  ['settings', 'the-schools-settings', 'form'],
  ['system', 'the-server'],
  ['system/flags', 'the-server'],
  ['system/flags/*', 'the-server'],
  ['system/move', 'the-server'],
  ['*', 'lists-and-search', 'list'],
  ['*/*', 'nothing-is-deleted'],
]

/** `path` is a page's address without the school: "students/42". */
export function helpFor(path: string): PageHelp {
  const parts = path.split('/').filter(Boolean)
  const found = pages.find(([pattern]) => {
    const wanted = pattern.split('/')
    return wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index])
  })
  const [, section, ...keys] = found ?? ['', 'home']
  return { section, keys }
}

export const helpSections = [...new Set(pages.map(([, section]) => section))]
