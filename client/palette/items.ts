/** What the palette can go to: found on the server, or known to the screens. */
import type { NavigateOptions } from '@tanstack/react-router'
import { fold, searchWords } from '../../db/folding.ts'
import type { ListPath } from '../../db/values.ts'
import { recordKinds } from '../../db/values.ts'
import type { Permission } from '../../server/access.ts'
import type { Section } from '../help/read-sections.ts'
import { shownEntities } from '../kinds.ts'
import type { Words as AllWords, Messages } from '../messages/catalog.ts'
import type { Formats } from '../messages/formats.ts'
import { fullName } from '../people.ts'
import type { Place } from '../places.ts'
import { foundations, places } from '../places.ts'
import type { Grades } from '../students/grades.ts'
import type { Outputs } from '../trpc.ts'

export type Found = Outputs['search']['find']
export type Words = AllWords['palette']
export type Group = keyof Words['groups']

export interface Item {
  key: string
  group: Group
  label: string
  second?: string | undefined
  go: NavigateOptions
}
export interface Speech {
  words: Words
  messages: Messages
  grades: Grades
  formats: Formats
}

const joined = (...parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(' · ') || undefined

const recordItem = (
  group: Exclude<Group, 'recent' | 'pages' | 'actions' | 'help'>,
  school: string,
  id: string,
  label: string,
  second: string | undefined,
): Item => ({
  key: `${group} ${id}`,
  group,
  label,
  second,
  go: { to: `/$school/${group}/$id`, params: { school, id } },
})

export const studentItem = (
  student: Omit<Found['students'][number], 'status'> & { status: string },
  school: string,
  { words, grades, formats }: Speech,
): Item =>
  recordItem(
    'students',
    school,
    student.id,
    student.preferredName ? `${fullName(student)} (${student.preferredName})` : fullName(student),
    joined(
      student.number,
      student.gradeLevel && grades.name(student.gradeLevel),
      student.birthDate && words.born(formats.date(student.birthDate)),
      student.status === 'inactive' && words.inactive,
    ),
  )

export const classItem = (
  found: Pick<Found['classes'][number], 'id' | 'title' | 'code'> & Partial<Found['classes'][number]>,
  school: string,
): Item =>
  recordItem(
    'classes',
    school,
    found.id,
    found.title,
    joined(found.code, ...(found.terms ?? []), ...(found.instructors ?? []).map(fullName)),
  )

export function foundItems(found: Found, school: string, speech: Speech): Item[] {
  const { words } = speech
  return [
    ...found.students.map((one) => studentItem(one, school, speech)),
    ...found.classes.map((one) => classItem(one, school)),
    ...found.instructors.map((one) =>
      recordItem('instructors', school, one.id, fullName(one), one.departmentName ?? undefined),
    ),
    ...found.guardians.map((one) => {
      const children = one.students.length > 0 && words.guardianOf(one.students.map(fullName))
      return recordItem('guardians', school, one.id, fullName(one), joined(children, one.phone))
    }),
    ...found.courses.map((one) => recordItem('courses', school, one.id, one.title, one.code ?? undefined)),
    ...found.rooms.map((one) =>
      recordItem('rooms', school, one.id, one.name, one.seats === null ? undefined : words.seats(one.seats)),
    ),
  ]
}

interface Action {
  key: string
  to: `/$school/${'classes' | 'help' | 'members/new' | `${ListPath}/new`}` | Place['to']
  permission: Permission
  label(speech: Speech): string
}
const [addFirst, ...addOthers] = shownEntities.map(
  (entity): Action => ({
    key: `add ${entity}`,
    to: `/$school/${recordKinds[entity].path}/new`,
    permission: `${entity}.write`,
    label: ({ messages }) => messages.kinds[entity].add,
  }),
)
const actions: readonly (Action | undefined)[] = [
  addFirst,
  { key: 'enroll', to: '/$school/classes', permission: 'enrollment.write', label: ({ words }) => words.actions.enroll },
  ...addOthers,
  { key: 'help', to: '/$school/help', permission: 'home.read', label: ({ messages }) => messages.shell.help },
  {
    key: 'inviteMember',
    to: '/$school/members/new',
    permission: 'member.write',
    label: ({ words }) => words.actions.inviteMember,
  },
]

export function knownItems(school: string, may: (permission: Permission) => boolean, speech: Speech): Item[] {
  const pages = [...places, ...foundations].map((place): Action & { group: Group } => ({
    ...place,
    key: place.to,
    group: 'pages',
    label: ({ messages }) => place.label(messages),
  }))
  const doings = actions.flatMap((action) => (action ? [{ ...action, group: 'actions' as const }] : []))
  return [...pages, ...doings]
    .filter(({ permission }) => may(permission))
    .map(({ key, group, label, to }) => ({ key, group, label: label(speech), go: { to, params: { school } } }))
}

export const helpItems = (sections: readonly Section[], school: string): Item[] =>
  sections.map(({ slug, title }) => ({
    key: `help ${slug}`,
    group: 'help',
    label: title,
    go: { to: '/$school/help', params: { school }, search: { section: slug } },
  }))

/** Those of which some words begin with what was typed. */
export function beginning(items: Item[], text: string): Item[] {
  const typed = searchWords(text)
  return items.filter(({ label }) => {
    const words = fold(label).split(' ')
    return typed.every((part) => words.some((word) => word.startsWith(part)))
  })
}
