/** The same questions put to a server of either version, and what is different in their answers. */
import { v7 } from 'uuid'
import { call } from '../setup/server.ts'
import type { Question, Questions } from './skew-questions.ts'

interface Answer {
  status: number
  reason: string
  data: unknown
}
export interface Compared {
  questions: number
  procedures: number
  answered: number
  /** Procedures that every input was refused by. */
  unanswered: string[]
  /** Refused by one and not by the other, or for another reason: once for each procedure and way. */
  refusals: string[]
  /** What the first tells and the second doesn't, or as another type. */
  missing: string[]
}

async function ask(
  url: string,
  { school, cookie }: Questions,
  { path, input }: Question,
  key: string,
): Promise<Answer> {
  const headers = { cookie, 'x-school': school, 'idempotency-key': key }
  const answer = await call(url, path, { input, headers })
  const { result, error } = (await answer.json()) as { result?: { data?: unknown }; error?: { message: string } }
  return { status: answer.status, reason: error?.message ?? '', data: result?.data }
}

const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

/** Names of what `one` tells and `other` does not; of a list's items the first of each stand for all. */
function lacking(one: unknown, other: unknown, at = ''): string[] {
  const [ours, theirs] = [typeOf(one), typeOf(other)]
  if (ours === 'null' || ours === 'undefined') return []
  if (ours !== theirs) return [`${at || '(all)'}: ${ours}, then ${theirs}`]
  if (Array.isArray(one)) return one.length ? lacking(one[0], (other as unknown[])[0], `${at}[]`) : []
  if (ours !== 'object') return []
  const names = Object.keys(one as object)
  return names.flatMap((name) =>
    lacking((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name], `${at}.${name}`),
  )
}

const told = ({ status, reason }: Answer) => (status === 200 ? 'answers' : `${status} ${reason}`)

/** Asks both, one question after the other, so that both come from the same state to the same. */
export async function compareAnswers(asked: Questions, first: string, second: string): Promise<Compared> {
  const [refusals, missing, answering] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const paths = new Set(asked.questions.map(({ path }) => path))
  let answered = 0
  for (const question of asked.questions) {
    const key = v7()
    const [one, other] = await Promise.all([ask(first, asked, question, key), ask(second, asked, question, key)])
    if (one.status === 200) answering.add(question.path)
    if (one.status === 200) answered++
    if (told(one) !== told(other)) refusals.add(`${question.path}: ${told(one)}, then ${told(other)}`)
    else for (const name of lacking(one.data, other.data)) missing.add(`${question.path} ${name}`)
  }
  return {
    questions: asked.questions.length,
    procedures: paths.size,
    answered,
    unanswered: [...paths].filter((path) => !answering.has(path)),
    refusals: [...refusals],
    missing: [...missing],
  }
}
