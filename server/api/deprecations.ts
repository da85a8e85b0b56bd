/** What of /api/v1 goes, and when. docs/api.md tells what that means to apps. */
import type { Route } from './routes.ts'

export interface Deprecation {
  /** Civil dates. Apps do without it from `sunset` on, which is twelve weeks after `since` at least. */
  since: string
  sunset: string
  /** What apps use instead, such as `GET /students/{studentId}/stays`. */
  instead: string
}
/** By its name: a route (`GET /rooms/{id}`), a field that is asked (`GET /rooms archived`, `POST /rooms seats`) or answered (`Room.seats`). */
export type Deprecations = Readonly<Record<string, Deprecation>>
export const deprecations: Deprecations = {}

/** In days. */
export const leastNotice = 84
const day = 86_400_000
const startOf = (date: string) => Date.parse(`${date}T00:00:00Z`)
export const noticeOf = ({ since, sunset }: Deprecation): number => (startOf(sunset) - startOf(since)) / day

export type Going = Deprecation & { name: string }
export const overdueDeprecations = (on: string, table: Deprecations = deprecations): Going[] =>
  Object.entries(table).flatMap(([name, one]) => (one.sunset <= on ? [{ name, ...one }] : []))
export const overdueDeprecation = ({ name, sunset }: Going): string =>
  `${name} goes from /api/v1 since ${sunset}: take it out, with its entry of server/api/deprecations.ts, and record that: npm run contract -- --record`

export const routeName = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`

export interface GoingOfRoute {
  whole: Going[]
  asked: ReadonlyMap<string, Going>
  answered: ReadonlyMap<string, Going>
}
/** `schemas` names what its answers are made of. Undefined where nothing of it goes. */
export function goingOf(route: Route, schemas: readonly string[], table: Deprecations): GoingOfRoute | undefined {
  const all = Object.entries(table).map(([name, one]): Going => ({ name, ...one }))
  const own = routeName(route)
  const whole = all.filter(({ name }) => name === own)
  const asked = all.filter(({ name }) => name.startsWith(`${own} `))
  const answered = all.filter(({ name }) => schemas.includes(name.split('.')[0] ?? '') && !name.includes(' '))
  if (!whole.length && !asked.length && !answered.length) return undefined
  return {
    whole,
    asked: new Map(asked.map((one) => [one.name.slice(own.length + 1), one])),
    answered: new Map(answered.map((one) => [one.name.split('.')[1] ?? '', one])),
  }
}

/** What a request used of it: what it asks with, and what it is answered. */
export function usedOf(going: GoingOfRoute, asked: object, answer: unknown): Going[] {
  const text = going.answered.size ? JSON.stringify(answer) : ''
  return [
    ...going.whole,
    ...[...going.asked].flatMap(([field, one]) => (field in asked ? [one] : [])),
    ...[...going.answered].flatMap(([field, one]) => (text.includes(`"${field}":`) ? [one] : [])),
  ]
}

const earliest = (dates: readonly string[]) => dates.toSorted()[0] ?? ''
/** RFC 9745 and RFC 8594: of several the date that comes first. */
export function deprecationHeaders(used: readonly Going[]): [name: string, value: string][] {
  if (!used.length) return []
  const since = startOf(earliest(used.map((one) => one.since))) / 1000
  const sunset = new Date(startOf(earliest(used.map((one) => one.sunset)))).toUTCString()
  return [
    ['deprecation', `@${since}`],
    ['sunset', sunset],
    ['link', '</openapi#goes>; rel="deprecation"; type="text/html"'],
  ]
}
