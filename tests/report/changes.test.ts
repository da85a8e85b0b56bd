import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Flag } from '../../server/flags/registry.ts'
import { flags } from '../../server/flags/registry.ts'
import { flagLines, flagsIn, routeLines, routesIn } from './changes.ts'

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

const document = (paths: object) => routesIn(JSON.stringify({ openapi: '3.1.0', paths })) ?? new Map()

test('routes that came, went or take something else are told', () => {
  const before = document({ '/students': { get: { limit: 50 }, post: {} }, '/rooms': { get: {} } })
  const after = document({ '/students': { get: { limit: 100 }, post: {} }, '/terms': { get: {} } })
  expect(routeLines(before, after)).toEqual([
    'changed: `GET /students`',
    '**removed**: `GET /rooms`',
    'added: `GET /terms`',
  ])
  expect(routesIn('{}')).toBe(undefined)
})

test('the document of the API is read', () => {
  const routes = routesIn(readFileSync(join(root, 'docs/openapi.json'), 'utf8'))
  expect([...(routes?.keys() ?? [])]).toContain('GET /students')
})
