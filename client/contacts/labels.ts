/** Who gets a label, and what stands on it. */
import { fold } from '../../db/folding.ts'
import type { addressKinds } from '../../db/values.ts'
import { addressLines } from '../students/address-lines.ts'
import type { Contact } from './contact-words.ts'

export type AddressChoice = (typeof addressKinds)[number]
type Address = Contact['addresses'][number]
type Guardian = Contact['guardians'][number]

export interface Label {
  /** The ids of the students it is about. */
  key: string
  names: readonly string[]
  lines: readonly string[]
}

/** However it is spaced and punctuated. */
const plain = (text: string | null): string =>
  fold(text ?? '')
    .replace(/[\s,.]+/g, ' ')
    .trim()
const sameAt = (address: Address): string => addressLines.map((line) => plain(address[line])).join('\n')

export function addressFor(contact: Contact, first: AddressChoice): Address | undefined {
  const { addresses } = contact
  return addresses.find(({ kind }) => kind === first) ?? addresses[0]
}

const cityFirst = /-(?:US|CA|AU|IN|SG|NZ|PH|ZA)\b/
const cityAlone = /-(?:GB|IE)\b/

/** As post is addressed where the school is: 'Columbus, OH 43004', 'London' above 'N1 9GU', '10115 Berlin'. */
export function postLines({ street, city, region, postalCode, country }: Address, locale: string): string[] {
  const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join(' ')
  const place = cityFirst.test(locale)
    ? [[city, joined(region, postalCode)].filter(Boolean).join(', ')]
    : cityAlone.test(locale)
      ? [city, region, postalCode]
      : [joined(postalCode, city), region]
  return [...(street?.split('\n') ?? []), ...place, country].flatMap((line) => line?.trim() || [])
}

/** The guardians to whom a letter goes: those she lives with, else who has custody, else who is called first. */
function addressees({ guardians }: Contact): Guardian[] {
  const free = guardians.filter(({ isBarred, relation }) => !isBarred && relation !== 'caseworker')
  const home = free.filter(({ livesWith }) => livesWith)
  const custody = free.filter(({ hasCustody }) => hasCustody)
  return home.length ? home : custody.length ? custody : free.slice(0, 1)
}

interface Family {
  students: Contact[]
  guardians: Map<string, Guardian>
  address: Address
}

/** One family: at one address, and with a guardian or the family name in common. */
function isOneFamily({ students, guardians }: Family, contact: Contact, own: readonly Guardian[]): boolean {
  if (own.length && guardians.size) return own.some(({ guardianId }) => guardians.has(guardianId))
  return students.some(({ familyName }) => plain(familyName) === plain(contact.familyName))
}

interface Made {
  labels: Label[]
  /** Students without an address. */
  without: Contact[]
}
interface Ways {
  first: AddressChoice
  locale: string
  nameOf(guardian: Guardian): string
  familyOf(name: string): string
}

export function labelsFor(contacts: readonly Contact[], { first, locale, nameOf, familyOf }: Ways): Made {
  const without: Contact[] = []
  const families: Family[] = []
  const at = new Map<string, Family[]>()
  for (const contact of contacts) {
    const address = addressFor(contact, first)
    if (!address) {
      without.push(contact)
      continue
    }
    const own = addressees(contact)
    const neighbors = at.get(sameAt(address)) ?? []
    let family = neighbors.find((one) => isOneFamily(one, contact, own))
    if (!family) {
      family = { students: [], guardians: new Map(), address }
      families.push(family)
      at.set(sameAt(address), [...neighbors, family])
    }
    family.students.push(contact)
    for (const guardian of own) family.guardians.set(guardian.guardianId, guardian)
  }
  const labels = families.map(({ students, guardians, address }) => ({
    key: students.map(({ id }) => id).join(' '),
    names: guardians.size
      ? [...guardians.values()].map(nameOf)
      : [...new Set(students.map(({ familyName, givenName }) => familyOf(familyName || givenName)))],
    lines: postLines(address, locale),
  }))
  return { labels, without }
}
