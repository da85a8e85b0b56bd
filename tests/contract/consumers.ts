/** Calls of programs that use the register, a file for each: what it asks, and what of the answer it reads. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Written } from './notation.ts'
import { readAnswer } from './notation.ts'
import { schemaBreaks } from './router.ts'
import { newShape, schemaOf, see } from './shape.ts'

const folder = join(import.meta.dirname, '../contracts')

/** `{studentId}` in an address, a body or an input is the id of such a record. */
export interface AppCall {
  ask: string
  headers?: Record<string, string>
  body?: unknown
  status?: number
  answer?: Written
}
/** Of a page: a procedure and its input. */
export interface PageCall {
  call: string
  input?: unknown
}
export interface Consumer {
  name: string
  calls: (AppCall | PageCall)[]
}

export const linesOf = (text: string): Consumer['calls'] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

export const consumers = (): Consumer[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => ({ name: file.replace(/\.jsonl$/, ''), calls: linesOf(readFileSync(join(folder, file), 'utf8')) }))

/** With the ids of records in their places. Throws for a record that there is not. */
export function filled<T>(part: T, ids: Record<string, string>): T {
  const put = (text: string) =>
    text.replace(/\{(\w+Id)\}/g, (_, name: string) => {
      const id = ids[name]
      if (!id) throw new Error(`tests/setup/records.ts makes no ${name}`)
      return id
    })
  if (typeof part === 'string') return put(part) as T
  if (Array.isArray(part)) return part.map((one) => filled(one, ids)) as T
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, filled(one, ids)])) as T
}

export interface Reply {
  status: number
  reason?: string | undefined
  body: unknown
}

/** What of the reply the program would stumble over. */
export function stumbles({ status = 200, answer }: AppCall, reply: Reply): string[] {
  if (reply.status !== status)
    return [`is answered ${reply.status} (${reply.reason ?? 'no reason'}), and not ${status}`]
  if (answer === undefined) return []
  const shape = newShape()
  see(shape, reply.body)
  return schemaBreaks(readAnswer(answer), schemaOf(shape), 'answer')
    .filter(({ kind, narrow }) => !(kind === 'limit' && narrow === 'none'))
    .map(({ kind, at, detail }) => (kind === 'gone' ? `reads ${at}, which is gone` : `reads ${at}: ${kind} ${detail}`))
}
