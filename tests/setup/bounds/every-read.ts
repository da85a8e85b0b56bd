/** Every query of the router, asked for what a big school makes expensive. */

import { addImport, addResult } from '../imports.ts'
import { inputVariants } from '../input-variants.ts'
import { caller, makePerson, now, requestOf } from '../people.ts'
import { inputOf, procedures } from '../sample-input.ts'
import { registrar, school } from '../school.ts'
import { addWebhook } from './add-webhook.ts'

import type { BigSchool } from './big-school.ts'
import { fillBigSchool } from './big-school.ts'

/** One of thousands, one of nobody, and what nearly every name holds. */
const texts = ['', 'kim', 'lee kim', 'nobody is called that', 'a']
const rowsAsked = 10

const idFields: Record<string, keyof BigSchool> = {
  academicSessionId: 'academicSessions',
  classId: 'classes',
  courseId: 'courses',
  departmentId: 'departments',
  guardianId: 'guardians',
  instructorId: 'instructors',
  intoId: 'students',
  operationId: 'operations',
  programId: 'programs',
  roomId: 'rooms',
  studentId: 'students',
  studentIds: 'students',
}
/** What is named in a feature that has no rows of its own in the fill. */
const ownRows: Record<string, keyof BigSchool> = { members: 'memberships', merge: 'students' }
const kindOf: Record<string, keyof BigSchool> = {
  student: 'students',
  class: 'classes',
  instructor: 'instructors',
  room: 'rooms',
}

type Asking = BigSchool & { imports: { id: string }[]; webhooks: { id: string }[] }

const hour = (roomId: string | undefined) => ({ weekday: 1, startTime: '08:00', endTime: '08:50', roomId })

type Ids = readonly { id: string }[]
const firstAndLast = (rows: Ids) => [rows[0], rows[1], rows.at(-1)].flatMap((row) => row?.id ?? [])

function inputsOf(path: string, procedure: Parameters<typeof inputOf>[0], big: Asking): unknown[] {
  const feature = path.split('.')[0] ?? ''
  const ids = (field: string) => {
    const name = idFields[field] ?? ownRows[feature] ?? (feature in big ? (feature as keyof BigSchool) : 'students')
    return firstAndLast(big[name] as Ids)
  }
  const variants = inputVariants(inputOf(procedure), { texts, ids }) as (Record<string, unknown> | undefined)[]
  const named = Object.entries(kindOf).map(([of, name]) => ({ of, id: firstAndLast(big[name] as Ids)[0] }))
  if (path === 'meetings.week') return named.map((one) => ({ ...one, day: '2026-11-20' }))
  if (path === 'meetings.conflicts') return [{ classId: ids('classId')[0], meetings: [hour(ids('roomId')[0])] }]
  if (path === 'journal.ofRecord') return named.map(({ of, id }) => ({ entity: of, id }))
  return variants.map((input) => (input && 'limit' in input ? { ...input, limit: rowsAsked } : input))
}

type Api = Record<string, Record<string, (input: unknown) => Promise<unknown>>>
export interface Asked {
  path: string
  input: unknown
  isAnswered: boolean
}

type Around = (asked: Omit<Asked, 'isAnswered'>, ask: () => Promise<boolean>) => Promise<boolean>

/** Calls each query with each input, as the office and as an instructor; `around` sees every call. */
export async function askBigSchool(part: number, around: Around): Promise<Asked[]> {
  const big = await fillBigSchool(school, registrar.userId, part, now)
  const people = [
    await makePerson(school, 'administrator'),
    await makePerson(school, 'instructor', big.instructors[0]?.id),
  ]
  const [administrator] = people
  const imports = [{ id: await addImport(school.id, administrator?.userId ?? '') }]
  const own = { ...big, imports, webhooks: [{ id: await addWebhook(school.id) }] }
  await addResult(school.id, big.operations[0]?.id ?? '')
  const asked: Asked[] = []
  for (const [path, procedure] of procedures.filter(([, { _def }]) => _def.type === 'query')) {
    const [feature = '', verb = ''] = path.split('.')
    for (const person of people)
      for (const input of inputsOf(path, procedure, own)) {
        const api = caller(requestOf(person, school)) as unknown as Api
        const answer = async () => api[feature]?.[verb]?.(input)
        const ask = () =>
          answer().then(
            () => true,
            () => false,
          )
        asked.push({ path, input, isAnswered: await around({ path, input }, ask) })
      }
  }
  return asked
}

export function neverAnswered(asked: readonly Asked[]): string[] {
  const answered = new Set(asked.filter(({ isAnswered }) => isAnswered).map(({ path }) => path))
  return [...new Set(asked.map(({ path }) => path))].filter((path) => !answered.has(path)).toSorted()
}
