/** The screens show what a mutation answers at once, before they ask for anything again. */
import type { Query } from '@tanstack/react-query'
import type { Api, Outputs } from '../trpc.ts'
import type { Answered } from './long-lists.ts'
import { correctStudent } from './long-lists.ts'
import { reads } from './reads.ts'

/** These verbs change one record and answer it as the feature's `get` does. */
const recordVerbs = new Set(['create', 'update', 'archive', 'restore', 'erase', 'remove', 'endSessions'])
/** These answers hold the record under a key. */
const recordIn: Record<string, string> = {
  'members.invite': 'member',
  'members.resetPassword': 'member',
  'students.merge': 'student',
}
/** Changes in these features answer a whole `list`. The list's input names its owner by this field. */
const ownerIn: Record<string, string> = {
  meetings: 'classId',
  schoolEnrollments: 'studentId',
  studentAlerts: 'studentId',
  studentGuardians: 'studentId',
}

export interface Done {
  path: string
  input: unknown
  answer: unknown
}
type Fields = Record<string, unknown>
type Student = Outputs['students']['get']

function recordOf({ path, answer }: Done): unknown {
  const [feature, verb = ''] = path.split('.')
  if (!(`${feature}.get` in reads)) return undefined
  const within = recordIn[path]
  if (within !== undefined) return (answer as Fields)[within]
  return recordVerbs.has(verb) ? answer : undefined
}

/** A student is corrected in her lists too. */
function keepRecord(api: Api, feature: string, answer: unknown): Answered | undefined {
  // All features have the same `get`; rooms stand for them here.
  const record = answer as Outputs['rooms']['get']
  const key = api.trpc[feature as 'rooms'].get.queryKey({ id: record.id })
  const before = api.queryClient.getQueryData(key)
  api.queryClient.setQueryData(key, record)
  if (feature !== 'students') return undefined
  const student = answer as Student
  correctStudent(api, student)
  return { student, hasCome: before?.archivedAt !== student.archivedAt }
}

const inputOf = ({ queryKey }: Query) => (queryKey[1] as { input?: Fields } | undefined)?.input ?? {}
const holds = ({ state }: Query, id: unknown): boolean =>
  Object.values(state.data ?? {})
    .flat()
    .some((row) => (row as Fields | null)?.id === id)

/** The list is found by its owner's id or, where the mutation does not name it, by the record that was changed. */
function keepList(api: Api, owner: string, { path, input, answer }: Done): void {
  const asked = input as Fields
  const feature = path.split('.')[0] as 'meetings'
  for (const query of api.queryClient.getQueryCache().findAll(api.trpc[feature].list.pathFilter()))
    if (asked[owner] === undefined ? holds(query, asked.id) : inputOf(query)[owner] === asked[owner])
      query.setData(answer)
}

/** Puts the answer where the screens look for it. Returns the student, if it is one. */
export function keepAnswer(api: Api, done: Done): Answered | undefined {
  const feature = done.path.split('.')[0] ?? ''
  const owner = ownerIn[feature]
  if (owner !== undefined) keepList(api, owner, done)
  const record = recordOf(done)
  return record ? keepRecord(api, feature, record) : undefined
}
