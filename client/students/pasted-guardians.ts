/** The parents' columns of pasted students: each place in a row is a guardian. */
import { contactsOf, nameKey } from '../../db/folding.ts'
import type { guardianRelations } from '../../db/values.ts'
import { recordKinds, guardianRelations as relations } from '../../db/values.ts'
import { plain } from '../paste/guess-fields.ts'

export const guardianPlaces = ['mother', 'father', 'guardian1', 'guardian2'] as const
export type GuardianPlace = (typeof guardianPlaces)[number]
export const guardianLines = [
  'fullName',
  'givenName',
  'familyName',
  'phone',
  'otherPhone',
  'email',
  'relation',
] as const
export type GuardianLine = (typeof guardianLines)[number]

export type PastedGuardian = Partial<Record<Exclude<GuardianLine, 'fullName'>, string>>
export type PastedGuardians = Record<GuardianPlace, PastedGuardian>
export const noGuardians = (): PastedGuardians => ({ mother: {}, father: {}, guardian1: {}, guardian2: {} })

const usual = (place: GuardianPlace) => (place === 'mother' || place === 'father' ? place : 'guardian')

/** What the server takes: a place of which the row says nothing is null. */
export function guardiansInput(values: PastedGuardians, places: readonly string[]) {
  const all = guardianPlaces.map((place) => {
    const said = places.includes(place) ? values[place] : {}
    const { relation = usual(place), ...more } = said
    return Object.values(more).some(Boolean) ? { relation, givenName: '', familyName: '', ...more } : null
  })
  return all.some(Boolean) ? { guardians: all } : {}
}

type Relation = (typeof guardianRelations)[number]
/** 'Step mother' and 'mom' are told by the words of the language. */
export const relationIn = (cell: string, words: Readonly<Record<Relation, readonly string[]>>): Relation | undefined =>
  relations.find((one) => words[one].some((word) => plain(word) === plain(cell)))

interface Linked {
  givenName: string
  familyName: string
  email: string | null
  phone: string | null
  otherPhone: string | null
}
const nameOf = (one: object) => nameKey(one as Record<string, unknown>, recordKinds.guardian.telling)

/** Whether the student has a guardian of this name, or with this phone or e-mail, already. */
export function isLinked(guardians: readonly Linked[], line: GuardianLine, said: PastedGuardian): boolean {
  if (line === 'relation') return true
  if (line === 'phone' || line === 'otherPhone' || line === 'email') {
    const keys = contactsOf({ [line]: said[line] })
    return guardians.some((one) => contactsOf(one).some((key) => keys.includes(key)))
  }
  const part = (one: object) => nameOf({ givenName: '', familyName: '', ...one })
  if (line === 'fullName') return guardians.some((one) => part(one) === part(said))
  return guardians.some((one) => plain(one[line]) === plain(said[line] ?? ''))
}

interface Shared {
  guardians: number
  /** So many have more than one student here. */
  shared: number
  /** Names that have a phone or an e-mail in common. */
  alike: [one: PastedGuardian, other: PastedGuardian][]
}
/** Thousands of rows are looked at with every key: a guardian who did not change is folded once. */
const folded = new WeakMap<PastedGuardian, { name: string; contacts: string[] }>()
function foldedOf(one: PastedGuardian) {
  const known = folded.get(one) ?? { name: nameOf(one), contacts: contactsOf(one) }
  folded.set(one, known)
  return known
}

/** Who comes along with the rows: as the server tells them apart, by name and a contact that both have. */
export function comingAlong(rows: readonly PastedGuardians[]): Shared {
  const known = new Map<string, { students: Set<number> }>()
  const people = new Set<{ students: Set<number> }>()
  const named = new Map<string, PastedGuardian>()
  const alike = new Map<string, [PastedGuardian, PastedGuardian]>()
  for (const [row, places] of rows.entries())
    for (const place of guardianPlaces) {
      const one = places[place]
      const { name, contacts } = foldedOf(one)
      if (!name) continue
      const keys = contacts.map((contact) => `${name}\n${contact}`)
      const person = keys.map((key) => known.get(key)).find(Boolean) ?? { students: new Set<number>() }
      person.students.add(row)
      people.add(person)
      for (const key of keys) known.set(key, person)
      for (const contact of contacts) {
        const other = named.get(contact)
        if (!other) named.set(contact, one)
        else if (foldedOf(other).name !== name)
          alike.set([foldedOf(other).name, name].toSorted().join('\n'), [other, one])
      }
    }
  const shared = [...people].filter(({ students }) => students.size > 1).length
  return { guardians: people.size, shared, alike: [...alike.values()] }
}
