/** What a change does to the flags, and to what apps and open pages are promised, from the files of two commits. */
import { differences } from '../contract/differences.ts'
import type { Contract } from '../contract/promised.ts'
import { contractAt } from '../contract/promised.ts'
import { shortSentence } from '../contract/words.ts'
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

/** Against the commit that the change left, by the rules of `npm run contract`. */
export function contractText(base: string, head: string, at: (commit: string) => Contract = contractAt): string {
  const { breaks, gone, news } = differences(at(base), at(head), civilDateOf(head))
  const lines = [
    ...breaks.map((one) => `**breaks**: ${code(shortSentence(one), 400)}`),
    ...gone.map((one) => `went, as was said: ${code(shortSentence(one), 400)}`),
    ...news.map((one) => `new: ${code(one, 400)}`),
  ]
  if (!lines.length) return 'Apps and open pages are promised the same.'
  const advice = breaks.length ? '\n\n`npm run contract` says what to do instead.' : ''
  return `${list(lines, 40)}${advice}`
}
