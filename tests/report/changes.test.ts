import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Flag } from '../../server/flags/registry.ts'
import { flags } from '../../server/flags/registry.ts'
import type { Contract } from '../contract/promised.ts'
import { contractText, flagLines, flagsIn } from './changes.ts'

const root = join(import.meta.dirname, '../..')

test('the flags that are read from the text of the registry are those that it registers', () => {
  const read = flagsIn(readFileSync(join(root, 'server/flags/registry.ts'), 'utf8'))
  const registered = Object.entries<Flag>(flags).map(([key, { expires }]) => [key, { expires }])
  expect([...read]).toEqual(registered)
})

test('flags that came, went or are past their end are told', () => {
  const before = new Map([
    ['old', { expires: null }],
    ['kept', { expires: '2027-03-31' }],
  ])
  const after = new Map([
    ['kept', { expires: '2027-03-31' }],
    ['new', { expires: '2028-01-01' }],
  ])
  expect(flagLines(before, after, '2027-03-31')).toEqual([
    'added: `new`, until 2028-01-01',
    'removed: `old`',
    '**expired** on 2027-03-31: `kept`',
  ])
  expect(flagLines(before, before, '2027-03-30')).toEqual([])
})

const route = (properties: object) => ({
  get: { responses: { 200: { content: { 'application/json': { schema: { type: 'object', properties } } } } } },
})
const id = { type: 'string' }
const api = (paths: object) => ({ api: { paths }, router: {} }) as Contract

test('what a change breaks and what it adds is told in the words of the contract', () => {
  const before = api({ '/students': route({ id, name: id }), '/rooms': route({ id }) })
  const after = api({ '/students': route({ id }), '/rooms': route({ id, seats: id }) })
  const at = (commit: string) => (commit === 'HEAD' ? after : before)
  expect(contractText('before', 'HEAD', at).split('\n')).toEqual([
    "- **breaks**: `GET /students answers 'name' no more`",
    "- new: `GET /rooms also answers 'seats'`",
    '',
    '`npm run contract` says what to do instead.',
  ])
  expect(contractText('HEAD', 'HEAD', at)).toBe('Apps and open pages are promised the same.')
})
