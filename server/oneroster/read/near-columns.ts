/** A column that is nearly one of ours is told: its values would be missed without a word. */

import type { Report } from '../report.ts'
import { BundleError } from '../report.ts'
import type { FileKind } from './files.ts'
import { files, plain } from './files.ts'
import type { Header } from './header.ts'

/** What other systems call them. */
const called: Record<string, string> = {
  firstname: 'givenName',
  forename: 'givenName',
  vorname: 'givenName',
  prenom: 'givenName',
  nombre: 'givenName',
  lastname: 'familyName',
  surname: 'familyName',
  nachname: 'familyName',
  nomdefamille: 'familyName',
  apellido: 'familyName',
  apellidos: 'familyName',
  fullname: 'familyName',
  displayname: 'familyName',
  orgs: 'orgSourcedIds',
  schools: 'orgSourcedIds',
  schoolid: 'orgSourcedIds',
  emailaddress: 'email',
  gradelevel: 'grades',
  studentnumber: 'identifier',
  dateofbirth: 'birthDate',
  dob: 'birthDate',
}

/** Whether one letter more, less or other makes one text of the other, or two neighbors change places. */
export function isOneLetterAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short === long || long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
}

/** Short names such as 'code' and 'role' are near to too many others. */
const shortest = 5

function meant(kind: FileKind, header: string, taken: ReadonlySet<string>): string | undefined {
  const text = plain(header)
  const free = Object.keys(files[kind]).filter((name) => !taken.has(name))
  const other = called[text]
  if (other && free.includes(other)) return other
  return free.find((name) => name.length >= shortest && isOneLetterAway(text, plain(name)))
}

const namesShown = 12

/** Staff can't see these on a screen. */
function tellKept(file: string, kept: readonly string[], report: Report): void {
  if (!kept.length) return
  const more = kept.length > namesShown ? ` and ${kept.length - namesShown} more` : ''
  report.note(`${file}: columns kept with their records, and not used: ${kept.slice(0, namesShown).join(', ')}${more}`)
}

/** Throws where the people of a file would have no names. */
export function tellNearColumns(kind: FileKind, file: string, { slots }: Header, report: Report): void {
  const taken = new Set(slots.flatMap(({ field }) => field ?? []))
  const near = slots.flatMap(({ header, extra }) => {
    const name = extra === undefined ? undefined : meant(kind, header, taken)
    return name ? [{ header, name }] : []
  })
  const names = near.filter(({ name }) => name === 'givenName' || name === 'familyName')
  if (kind === 'users' && names.length && !taken.has('givenName') && !taken.has('familyName'))
    throw new BundleError(
      `${file} has no names: its columns ${names.map(({ header }) => header).join(' and ')} must be called ${names.map(({ name }) => name).join(' and ')}`,
    )
  const isNear = (header: string) => near.some((one) => one.header === header)
  const kept = slots.filter(({ header, extra }) => extra !== undefined && !isNear(header))
  tellKept(
    file,
    kept.map(({ header }) => header),
    report,
  )
  for (const { header, name } of near)
    report.note(`${file}: the column ${header} is not read. If it is ${name}, give it that name`)
}
