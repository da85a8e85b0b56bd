/** What breaks no promise. */
import { at } from './fixture.ts'
import {
  answer,
  body,
  field,
  free,
  input,
  need,
  ofPage,
  parameter,
  parameters,
  path,
  put,
  set,
  student,
  union,
} from './places.ts'
import type { Contract } from './promised.ts'
import type { Schema } from './schema.ts'

export const harmless: [title: string, change: (of: Contract) => unknown][] = [
  ['nothing', () => undefined],
  ['a route more', (of) => set(at(of, 'api paths'), { '/rooms': { get: { responses: {} } } })],
  ['a method more', (of) => set(at(of, 'api paths /students/{id}'), { patch: { responses: {} } })],
  [
    'another name for a part of an address',
    (of) => {
      const paths = at(of, 'api paths')
      set(paths, { '/students/{studentId}': paths['/students/{id}'] })
      delete paths['/students/{id}']
    },
  ],
  [
    'a field of the query more',
    (of) => parameters(of).parameters.push({ name: 'grade', in: 'query', schema: {} } as never),
  ],
  ['a word of the query more', (of) => set(parameter(of, 'status').schema, { enum: ['active', 'inactive', 'left'] })],
  ['larger pages', (of) => set(parameter(of, 'limit').schema, { maximum: 2000 })],
  ['a field of the body more', (of) => put(body(of), 'nickname', { type: 'string' })],
  ['a field of the body needed no more', (of) => free(body(of), 'familyName')],
  [
    'a field of the body may be null',
    (of) => put(body(of), 'givenName', { anyOf: [field(body(of), 'givenName'), { type: 'null' }] }),
  ],
  ['longer texts', (of) => set(field(body(of), 'familyName'), { maxLength: 500 })],
  ['any length', (of) => delete field(body(of), 'familyName').maxLength],
  ['no pattern any more', (of) => delete field(body(of), 'language').pattern],
  [
    'a union of the body takes a part more',
    (of) => union(field(body(of), 'entry')).push({ type: 'object', properties: {} }),
  ],
  ['a map instead of nothing', (of) => set(field(body(of), 'address'), { additionalProperties: { type: 'string' } })],
  [
    'a key of the answer more',
    (of) => [put(student(of), 'nickname', { type: 'string' }), need(student(of), 'nickname')],
  ],
  ['a key that is always there now', (of) => need(student(of), 'email')],
  ['a key that is never null now', (of) => put(student(of), 'born', { type: 'string', format: 'date' })],
  ['a word less in the answer', (of) => set(field(student(of), 'status'), { enum: ['active'] })],
  ['a part less of the answer’s union', (of) => union(field(student(of), 'held').items as Schema).pop()],
  ['null said in another way', (of) => put(student(of), 'born', { type: ['null', 'string'], format: 'date' })],
  ['one word as a constant', (of) => put(student(of), 'status', { const: 'active' })],
  [
    'a schema under another name',
    (of) => {
      const { api } = of
      set(api, { components: { ...api.components, schemas: { ...api.components?.schemas, Pupil: student(of) } } })
      set(field(ofPage(of), 'items'), { items: { $ref: '#/components/schemas/Pupil' } })
    },
  ],
  [
    'a schema written out',
    (of) => set(field(student(of), 'addresses'), { items: at(of, 'api components schemas Address') }),
  ],
  [
    'another order',
    (of) =>
      set(student(of), {
        properties: Object.fromEntries(Object.entries(student(of).properties ?? {}).reverse()),
        required: student(of).required?.toReversed(),
      }),
  ],
  ['words about it', (of) => set(field(student(of), 'born'), { description: 'A day' })],
  ['a refusal more', (of) => set(at(of, `${path} get responses`), { 429: {} })],
  ['a header more', (of) => set(at(of, `${path} post responses 201 headers`), { Location: {} })],
  ['a scope less', (of) => set(at(of, `${path} get`), { security: [{ token: [] }] })],
  [
    'a field marked as going',
    (of) => set(field(student(of), 'givenName'), { deprecated: true, 'x-sunset': '2027-06-01' }),
  ],
  ['a sunset put off', (of) => set(field(student(of), 'fax'), { 'x-sunset': '2027-06-01' })],
  ['a procedure more', (of) => set(of.router, { 'rooms.list': { type: 'query' } })],
  ['an answer to pages with a key more', (of) => put(answer(of), 'more', { type: 'string' })],
  ['an input that pages may leave out', (of) => put(input(of), 'more', { type: 'string' })],
]
