/** The contract as the code says it now. Answers of procedures are as they were recorded. */
import { apiDocument } from '../../server/api/document.ts'
import { jsonOf } from '../setup/json-schema.ts'
import { inputOf, procedures } from '../setup/sample-input.ts'
import type { ApiDocument } from './api.ts'
import type { RouterContract } from './router.ts'
import type { Schema } from './schema.ts'

/** A format says as much as its pattern, which is long. */
function tidied(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(tidied)
  if (typeof json !== 'object' || json === null) return json
  const { $schema: _, pattern, description: __, ...rest } = json as Record<string, unknown>
  const own: Record<string, unknown> = { ...rest, ...(typeof pattern === 'string' && !rest.format && { pattern }) }
  return Object.fromEntries(
    Object.entries(own).map(([key, value]) => [
      key,
      key === 'properties'
        ? Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, tidied(one)]))
        : tidied(value),
    ]),
  )
}

export function routerOfToday(answers: Record<string, Schema | undefined>): RouterContract {
  return Object.fromEntries(
    procedures.map(([path, procedure]) => {
      const input = inputOf(procedure)
      const answer = answers[path]
      return [
        path,
        {
          type: procedure._def.type,
          ...(input && { input: tidied(jsonOf(input)) as Schema }),
          ...(answer && { answer }),
        },
      ]
    }),
  )
}

export const apiOfToday = (): ApiDocument => JSON.parse(JSON.stringify(apiDocument())) as ApiDocument
