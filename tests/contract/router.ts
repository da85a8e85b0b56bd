/** What pages and the server tell each other: inputs by their zod schemas, answers as tests have seen them. */
import { mayBeEmpty } from './columns.ts'
import type { Schema } from './schema.ts'
import { resolverOf } from './schema.ts'
import type { Direction, Finding } from './within.ts'
import { within } from './within.ts'
import type { Difference } from './words.ts'

export interface Procedure {
  type: string
  input?: Schema
  answer?: Schema
}
export type RouterContract = Record<string, Procedure>

export function schemaBreaks(was: Schema, is: Schema, direction: Direction): Finding[] {
  const [narrow, wide] = direction === 'request' ? [was, is] : [is, was]
  const comparison = { direction, ofNarrow: resolverOf(narrow), ofWide: resolverOf(wide), open: new Set<string>() }
  return within(narrow, wide, comparison)
}

/**
 * Tests show some of what may be answered. So it is no news that a column which may be empty is, or that a text which
 * looked like an id in every test is none.
 */
const onlySeen = ({ kind, at, detail, narrow }: Finding): boolean =>
  (kind === 'type' && detail === 'null' && mayBeEmpty(at.replace(/\[\]$/, '').split('.').at(-1) ?? '')) ||
  (kind === 'limit' && narrow === 'none')

export const answerBreaks = (was: Schema, is: Schema, direction: 'answer' | 'seen'): Finding[] =>
  schemaBreaks(was, is, direction).filter((one) => !onlySeen(one))

function procedureBreaks(where: string, was: Procedure, is: Procedure | undefined): Difference[] {
  const whole = (detail: string): Difference[] => [
    { who: 'screens', where, way: 'whole', kind: 'more', at: '', detail },
  ]
  if (!is) return whole('is gone')
  if (was.type !== is.type) return whole(`is a ${is.type}, and was a ${was.type}`)
  if (!was.input && is.input) return whole('takes an input now, which older pages do not send')
  const asked = was.input && is.input ? schemaBreaks(was.input, is.input, 'request') : []
  const answered = was.answer && is.answer ? answerBreaks(was.answer, is.answer, 'answer') : []
  return [
    ...asked.map((one): Difference => ({ who: 'screens', where, way: 'request', ...one })),
    ...answered.map((one): Difference => ({ who: 'screens', where, way: 'answer', ...one })),
  ]
}

export const routerBreaks = (was: RouterContract, is: RouterContract): Difference[] =>
  Object.entries(was).flatMap(([where, procedure]) => procedureBreaks(where, procedure, is[where]))
