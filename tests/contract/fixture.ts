/** A small contract to break. */
import { z } from 'zod'
import type { ApiDocument } from './api.ts'
import type { Contract } from './promised.ts'
import type { Schema } from './schema.ts'

const jsonOf = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io }) as Record<string, unknown>
  return json
}

const newStudent = z.strictObject({
  givenName: z.string().min(1).max(100),
  familyName: z.string().max(100),
  number: z.string().max(50).nullable().optional(),
  status: z.enum(['active', 'inactive']).default('active'),
  language: z
    .string()
    .regex(/^[a-z-]+$/)
    .optional(),
  tags: z.array(z.string().max(20)).max(10).optional(),
  address: z.strictObject({ street: z.string(), city: z.string().optional() }).optional(),
  entry: z
    .union([
      z.strictObject({ kind: z.literal('day'), day: z.iso.date() }),
      z.strictObject({ kind: z.literal('term'), termId: z.uuid() }),
    ])
    .optional(),
  names: z.record(z.string(), z.string()).optional(),
  credits: z.number().min(0).max(60).optional(),
})
const student = z.object({
  id: z.uuid(),
  version: z.int().min(1),
  givenName: z.string().max(100),
  status: z.enum(['active', 'inactive']),
  born: z.iso.date().nullable(),
  email: z.string().nullable().optional(),
  held: z.array(z.union([z.object({ by: z.literal('room'), seats: z.int() }), z.object({ by: z.literal('nobody') })])),
})
const address = z.object({ street: z.string(), city: z.string().nullable() })

/** Answers say nothing of fields that are not there yet. */
function open(json: unknown): Schema {
  if (Array.isArray(json)) return json.map(open) as Schema
  if (typeof json !== 'object' || json === null) return json as Schema
  const { additionalProperties: _, ...rest } = json as Record<string, unknown>
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, open(value)]))
}
const answers = (schema: Schema) => ({ 'application/json': { schema } })
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const query = (name: string, schema: Schema) => ({ name, in: 'query', required: false, schema })
const header = (name: string, required: boolean) => ({ name, in: 'header', required, schema: { type: 'string' } })
const refusals = { 400: { content: { 'application/problem+json': { schema: ref('Problem') } } } }
const headers = { ETag: { schema: { type: 'string' } } }
const page: Schema = {
  type: 'object',
  required: ['items', 'next'],
  properties: { items: { type: 'array', items: ref('Student') }, next: { type: ['string', 'null'] } },
}

const document = (): ApiDocument => ({
  servers: [{ url: '/api/v1' }],
  paths: {
    '/students': {
      get: {
        operationId: 'getStudents',
        security: [{ token: ['student.read'] }],
        parameters: [
          query('search', { type: 'string', default: '' }),
          query('status', { type: 'string', enum: ['active', 'inactive'] }),
          query('limit', { type: 'integer', minimum: 1, maximum: 1000, default: 50 }),
          query('cursor', { type: 'string' }),
          { ...query('old', { type: 'string', deprecated: true, 'x-sunset': '2027-03-01' }) },
        ],
        responses: { 200: { content: answers(page) }, ...refusals },
      },
      post: {
        operationId: 'postStudents',
        security: [{ token: ['student.write'] }],
        parameters: [header('Idempotency-Key', false)],
        requestBody: { required: false, content: answers(jsonOf(newStudent, 'input')) },
        responses: { 201: { headers, content: answers(ref('Student')) }, ...refusals },
      },
    },
    '/students/{id}': {
      get: {
        operationId: 'getStudentsId',
        deprecated: true,
        'x-sunset': '2027-03-01',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { headers, content: answers(ref('Student')) } },
      },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Student: {
        ...open(jsonOf(student, 'output')),
        properties: {
          ...open(jsonOf(student, 'output')).properties,
          addresses: { type: 'array', items: ref('Address') },
          siblings: { type: 'array', items: ref('Student') },
          fax: { type: 'string', deprecated: true, 'x-sunset': '2027-03-01' },
        },
      },
      Address: open(jsonOf(address, 'output')),
      Problem: { type: 'object', required: ['reason'], properties: { reason: { type: 'string' } } },
    },
  },
})

export const contract = (): Contract => ({
  api: JSON.parse(JSON.stringify(document())) as ApiDocument,
  router: {
    'students.create': {
      type: 'mutation',
      input: jsonOf(newStudent, 'input'),
      answer: {
        type: 'object',
        required: ['id', 'counts', 'kind', 'warnings'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          seat: { anyOf: [{ type: 'number' }, { type: 'null' }] },
          counts: { type: 'object', additionalProperties: { type: 'number' } },
          kind: { type: 'string', enum: ['full', 'half'] },
          warnings: {
            type: 'array',
            items: { type: 'object', required: ['at'], properties: { at: { type: 'string' } } },
          },
        },
      },
    },
    'students.current': { type: 'query', answer: { type: 'array', items: { type: 'string' } } },
  },
})

/** The part of the contract at this place, such as `api.paths./students.get`; names with dots are not in it. */
export function at(of: Contract, place: string): Record<string, unknown> {
  return place
    .split(' ')
    .reduce((part, name) => (part as Record<string, unknown>)[name] as object, of as object) as Record<string, unknown>
}
