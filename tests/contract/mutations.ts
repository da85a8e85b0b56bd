/** What breaks a promise, and how it is told. */
import { at } from './fixture.ts'
import {
  answer,
  body,
  drop,
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
  without,
} from './places.ts'
import type { Contract } from './promised.ts'
import type { Schema } from './schema.ts'

export const mutations: [title: string, mutate: (of: Contract) => unknown, says: string][] = [
  ['a field of the query goes', (of) => without(of, 'search'), 'GET /students takes `search` no more'],
  ['the cursor goes', (of) => without(of, 'cursor'), 'takes `cursor` no more'],
  [
    'a query needs one more field',
    (of) => parameters(of).parameters.push({ name: 'day', in: 'query', required: true } as never),
    'requires `day` now',
  ],
  ['a field of the query is needed', (of) => set(parameter(of, 'status'), { required: true }), 'requires `status` now'],
  [
    'a word of the query goes',
    (of) => set(parameter(of, 'status').schema, { enum: ['active'] }),
    'takes "inactive" no more in `status`',
  ],
  [
    'a page has fewer rows',
    (of) => set(parameter(of, 'limit').schema, { maximum: 100 }),
    'takes less in `limit`: maximum is 100, and was 1000',
  ],
  [
    'a page has at least ten rows',
    (of) => set(parameter(of, 'limit').schema, { minimum: 10 }),
    'minimum is 10, and was 1',
  ],
  [
    'a page has 20 rows unless one says more',
    (of) => set(parameter(of, 'limit').schema, { default: 20 }),
    'takes a missing `limit` for 20, and not 50',
  ],
  [
    'a number of the query becomes a word',
    (of) => set(parameter(of, 'limit').schema, { type: 'boolean' }),
    'took integer in `limit`',
  ],
  ['a field of the body goes', (of) => drop(body(of), 'language'), 'POST /students takes `language` no more'],
  [
    'a field of a part of the body goes',
    (of) => drop(field(body(of), 'address'), 'city'),
    'takes `address.city` no more',
  ],
  [
    'the body needs a new field',
    (of) => [put(body(of), 'born', { type: 'string' }), need(body(of), 'born')],
    'requires `born` now',
  ],
  ['the body needs an older field', (of) => need(body(of), 'number'), 'requires `number` now'],
  [
    'a field of the body is never null',
    (of) => put(body(of), 'number', { type: 'string', maxLength: 50 }),
    'took null in `number`',
  ],
  [
    'a text may be less long',
    (of) => set(field(body(of), 'familyName'), { maxLength: 50 }),
    'maxLength is 50, and was 100',
  ],
  ['a text must be longer', (of) => set(field(body(of), 'givenName'), { minLength: 2 }), 'minLength is 2, and was 1'],
  [
    'a text must not be empty any more',
    (of) => set(field(body(of), 'familyName'), { minLength: 1 }),
    'minLength is 1, and was none',
  ],
  [
    'a text has a pattern',
    (of) => set(field(body(of), 'familyName'), { pattern: '^A' }),
    'pattern is ^A, and was none',
  ],
  [
    'a text has another pattern',
    (of) => set(field(body(of), 'language'), { pattern: '^[a-z]+$' }),
    'pattern is ^[a-z]+$',
  ],
  [
    'a text must be an address of mail',
    (of) => set(field(body(of), 'familyName'), { format: 'email' }),
    'format is email',
  ],
  [
    'a text becomes words',
    (of) => put(body(of), 'language', { type: 'string', enum: ['en', 'fr'] }),
    'takes any string no more',
  ],
  ['a list may be less long', (of) => set(field(body(of), 'tags'), { maxItems: 5 }), 'maxItems is 5, and was 10'],
  [
    'a list has other items',
    (of) => set(field(body(of), 'tags'), { items: { type: 'integer' } }),
    'took string in `tags[]`',
  ],
  ['a list becomes one', (of) => put(body(of), 'tags', { type: 'string' }), 'took array in `tags`'],
  [
    'a map takes no names of its own',
    (of) => put(body(of), 'names', { type: 'object', additionalProperties: false }),
    'takes `names.*` no more',
  ],
  ['a number is whole', (of) => set(field(body(of), 'credits'), { type: 'integer' }), 'took number in `credits`'],
  ['a number has steps', (of) => set(field(body(of), 'credits'), { multipleOf: 0.5 }), 'multipleOf is 0.5'],
  [
    'a union takes one part less',
    (of) => union(field(body(of), 'entry')).pop(),
    'takes "term" no more in `entry.kind`',
  ],
  [
    'a part of a union takes a field less',
    (of) => drop(union(field(body(of), 'entry'))[0] as Schema, 'day'),
    'takes `entry.day` no more',
  ],
  [
    'what is left out means something else',
    (of) => set(field(body(of), 'status'), { default: 'inactive' }),
    'takes a missing `status` for "inactive"',
  ],
  ['the body is needed', (of) => set(at(of, `${path} post requestBody`), { required: true }), 'requires a body now'],
  [
    'JSON is not taken any more',
    (of) => set(at(of, `${path} post requestBody`), { content: { 'text/csv': {} } }),
    'takes no application/json any more',
  ],
  [
    'the key for a second try goes',
    (of) => set(at(of, `${path} post`), { parameters: [] }),
    'takes `Idempotency-Key` no more',
  ],
  [
    'If-Match is needed',
    (of) =>
      (at(of, `${path} post parameters`) as never as object[]).push({ name: 'If-Match', in: 'header', required: true }),
    'requires `If-Match` now',
  ],
  ['a key of the answer goes', (of) => drop(student(of), 'givenName'), 'answers `items[].givenName` no more'],
  ['a key that may be missing goes', (of) => drop(student(of), 'email'), 'answers `items[].email` no more'],
  [
    'a key of a part of the answer goes',
    (of) => drop(at(of, 'api components schemas Address') as Schema, 'city'),
    'answers `items[].addresses[].city` no more',
  ],
  ['a key of the answer may be missing', (of) => free(student(of), 'status'), 'may leave `items[].status` out now'],
  [
    'a key of the answer may be null',
    (of) => put(student(of), 'status', { anyOf: [field(student(of), 'status'), { type: 'null' }] }),
    'may answer null in `items[].status`',
  ],
  [
    'a word of the answer is new',
    (of) => set(field(student(of), 'status'), { enum: ['active', 'inactive', 'left'] }),
    'may answer "left" in `items[].status`',
  ],
  [
    'words of the answer become text',
    (of) => put(student(of), 'status', { type: 'string' }),
    'may answer any string in `items[].status`',
  ],
  [
    'a number of the answer becomes a text',
    (of) => put(student(of), 'version', { type: 'string' }),
    'may answer string in `items[].version`',
  ],
  [
    'a whole number becomes any',
    (of) => put(student(of), 'version', { type: 'number', minimum: 1 }),
    'may answer number in `items[].version`',
  ],
  [
    'a number of the answer may be less',
    (of) => set(field(student(of), 'version'), { minimum: 0 }),
    'promises less of `items[].version`: minimum is 0, and was 1',
  ],
  [
    'a text of the answer may be longer',
    (of) => set(field(student(of), 'givenName'), { maxLength: 200 }),
    'maxLength is 200, and was 100',
  ],
  [
    'an id of the answer may be any text',
    (of) => put(student(of), 'id', { type: 'string' }),
    'promises less of `items[].id`: format is none, and was uuid',
  ],
  [
    'a union of the answer has a new part',
    (of) =>
      union(field(student(of), 'held').items as Schema).push({
        type: 'object',
        required: ['by'],
        properties: { by: { type: 'string', const: 'time' } },
      }),
    'may answer "time" in `items[].held[].by`',
  ],
  ['a list comes without where to go on', (of) => drop(ofPage(of), 'next'), 'answers `next` no more'],
  [
    'where to go on is a number',
    (of) => put(ofPage(of), 'next', { type: ['integer', 'null'] }),
    'may answer integer in `next`',
  ],
  [
    'another status',
    (of) => set(at(of, `${path} post`), { responses: { 200: at(of, `${path} post responses 201`) } }),
    'may answer 200',
  ],
  ['a status goes', (of) => delete at(of, `${path} get responses`)[200], 'answers no 200 any more'],
  [
    'a refusal does not say why',
    (of) => drop(at(of, 'api components schemas Problem') as Schema, 'reason'),
    'answers `400.reason` no more',
  ],
  [
    'refusals come in another form',
    (of) => set(at(of, `${path} get responses 400`), { content: { 'text/plain': {} } }),
    'answers no application/problem+json any more (400)',
  ],
  ['a header goes', (of) => delete at(of, `${path} post responses 201 headers`).ETag, 'sends no header ETag any more'],
  ['a route goes', (of) => delete at(of, 'api paths')['/students/{id}'], 'GET /students/{} is gone'],
  ['a method goes', (of) => delete at(of, path).post, 'POST /students is gone'],
  [
    'an address changes',
    (of) => set(at(of, 'api paths'), { '/pupils': at(of, path), '/students': {} }),
    'GET /students is gone',
  ],
  [
    'a scope more is needed',
    (of) => set(at(of, `${path} get`), { security: [{ token: ['student.read', 'class.read'] }] }),
    'needs the scope class.read now',
  ],
  [
    'tokens come in otherwise',
    (of) => set(at(of, 'api components securitySchemes token'), { scheme: 'basic' }),
    'lets apps in by token in another way',
  ],
  ['the API moves', (of) => set(of.api, { servers: [{ url: '/api/v2' }] }), 'is not at /api/v1 any more'],
  [
    'a route is called otherwise',
    (of) => set(at(of, `${path} get`), { operationId: 'listStudents' }),
    'is called listStudents',
  ],
  [
    'a sunset comes earlier',
    (of) => set(field(student(of), 'fax'), { 'x-sunset': '2027-01-01' }),
    'answers `items[].fax` until 2027-01-01, and not 2027-03-01',
  ],
  ['a procedure goes', (of) => delete of.router['students.current'], 'students.current is gone'],
  [
    'a query becomes a mutation',
    (of) => set(of.router['students.current'] as object, { type: 'mutation' }),
    'is a mutation, and was a query',
  ],
  [
    'a procedure takes an input at last',
    (of) => set(of.router['students.current'] as object, { input: {} }),
    'takes an input now',
  ],
  ['an older page names a field too many', (of) => drop(input(of), 'tags'), 'students.create takes `tags` no more'],
  ['an older page looks for a key', (of) => drop(answer(of), 'kind'), 'students.create answers `kind` no more'],
  [
    'an older page looks for a key of a list',
    (of) => drop(field(answer(of), 'warnings').items as Schema, 'at'),
    'answers `warnings[].at` no more',
  ],
  [
    'an older page reads a number',
    (of) => set(field(answer(of), 'counts'), { additionalProperties: { type: 'string' } }),
    'may answer string in `counts.*`',
  ],
  [
    'an older page does not know the word',
    (of) => set(field(answer(of), 'kind'), { enum: ['full', 'half', 'none'] }),
    'may answer "none" in `kind`',
  ],
]
