/** What a change does to the flags and to what apps may ask, from the files of two commits. */
import { z } from 'zod'
import { civilDateOf, fileOf } from './git.ts'
import { code, list } from './markdown.ts'

interface FlagDates {
  expires: string | null
}
/** The registry is read as text: a stranger's file is not run. */
export function flagsIn(text: string): Map<string, FlagDates> {
  const entry = /^ {2}(?:'([a-z][a-z0-9-]*)'|([a-z][a-z0-9]*)): \{\n((?: {4}.*\n)+?) {2}\},$/gm
  return new Map(
    [...text.matchAll(entry)].map(([, quoted, bare, fields = '']) => [
      (quoted ?? bare) as string,
      { expires: /^ {4}expires: '(\d{4}-\d\d-\d\d)',$/m.exec(fields)?.[1] ?? null },
    ]),
  )
}

/** `on` is the date that flags expire by. */
export function flagLines(before: ReadonlyMap<string, FlagDates>, after: ReadonlyMap<string, FlagDates>, on: string) {
  const until = ({ expires }: FlagDates) => (expires ? `until ${expires}` : 'without an end')
  return [
    ...[...after].flatMap(([key, flag]) => (before.has(key) ? [] : [`added: ${code(key)}, ${until(flag)}`])),
    ...[...before.keys()].flatMap((key) => (after.has(key) ? [] : [`removed: ${code(key)}`])),
    ...[...after].flatMap(([key, { expires }]) =>
      expires !== null && expires <= on ? [`**expired** on ${expires}: ${code(key)}`] : [],
    ),
  ]
}

const registry = 'server/flags/registry.ts'
export function flagText(base: string, head: string): string {
  const [before, after] = [base, head].map((commit) => flagsIn(fileOf(commit, registry) ?? ''))
  const lines = flagLines(before as Map<string, FlagDates>, after as Map<string, FlagDates>, civilDateOf(head))
  return lines.length ? list(lines) : 'No flag is added, removed or expired.'
}

const document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
const methods = ['get', 'post', 'put', 'patch', 'delete']

/** What each route takes and answers, by `GET /students`. Undefined where it is no such document. */
export function routesIn(text: string): Map<string, string> | undefined {
  const parsed = document.safeParse(JSON.parse(text))
  if (!parsed.success) return undefined
  return new Map(
    Object.entries(parsed.data.paths).flatMap(([path, item]) =>
      methods.flatMap((method) =>
        item[method] ? [[`${method.toUpperCase()} ${path}`, JSON.stringify(item[method])] as const] : [],
      ),
    ),
  )
}

export function routeLines(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const word = (route: string) => (!before.has(route) ? 'added' : !after.has(route) ? '**removed**' : 'changed')
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((route) => before.get(route) !== after.get(route))
    .map((route) => `${word(route)}: ${code(route)}`)
}

export function contractText(base: string, head: string): string | undefined {
  const [before, after] = [base, head].map((commit) => routesIn(fileOf(commit, 'docs/openapi.json') ?? '{}'))
  if (!before || !after) return undefined
  const lines = routeLines(before, after)
  return lines.length ? list(lines, 40) : 'Apps ask and are answered as before.'
}
