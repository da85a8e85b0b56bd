/**
 * What was done in this tab, school by school, for Ctrl+Z to take back; gone when the page is left. A mutation's key is its
 * operation's id.
 */
import type { Inputs, Outputs } from '../trpc.ts'

export type About = Outputs['journal']['undo']['about']
export interface OwnOperation {
  id: string
  /** What it was about, where it undid something. */
  about?: About | undefined
}
interface Own {
  done: OwnOperation[]
  undone: OwnOperation[]
}
/** Back to what was before, or forth to what was taken back. */
export type Direction = 'done' | 'undone'

const schools = new Map<string, Own>()
function ownIn(school: string): Own {
  const own = schools.get(school) ?? { done: [], undone: [] }
  schools.set(school, own)
  return own
}

const ids = new WeakMap<object, string>()
/** The operation that a mutation's answer came from, for `journal.undo`. */
export const operationIdOf = (answer: object): string | undefined => ids.get(answer)

export const lastOf = (school: string, direction: Direction): OwnOperation | undefined =>
  ownIn(school)[direction].at(-1)

const without = (operations: OwnOperation[], id: string) => operations.filter((one) => one.id !== id)
/** It can't be taken back. */
export function forget(school: string, id: string): void {
  const own = ownIn(school)
  own.done = without(own.done, id)
  own.undone = without(own.undone, id)
}

/** An undo of what was done here goes to what can be done again, and the other way round. */
function noteUndo(own: Own, undo: OwnOperation, undoneId: string): void {
  const again = own.undone.find(({ id }) => id === undoneId)
  if (again) own.done.push({ ...undo, about: again.about })
  else if (own.done.some(({ id }) => id === undoneId)) own.undone.push(undo)
  else own.done.push(undo)
  own.done = without(own.done, undoneId)
  own.undone = without(own.undone, undoneId)
}

/** Who is looking at what changes nothing in the register. An import is brought in later, and taken back on its own page. */
export const changesRegister = (path: string): boolean => !/^(presences|imports)\./.test(path)

export function noteAnswer(school: string, id: string, path: string, input: unknown, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || !changesRegister(path)) return
  ids.set(answer, id)
  const own = ownIn(school)
  if (path !== 'journal.undo') {
    own.done.push({ id })
    own.undone = []
    return
  }
  const { about } = answer as Outputs['journal']['undo']
  noteUndo(own, { id, about }, (input as Inputs['journal']['undo']).operationId)
}
