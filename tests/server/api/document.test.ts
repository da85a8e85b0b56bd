import { expect, test } from 'vitest'
import { apiDocument } from '../../../server/api/document.ts'
import { apiPage } from '../../../server/api/page.ts'
import { routes } from '../../../server/api/routes.ts'
import { differences } from '../../contract/differences.ts'
import { apiOfToday } from '../../contract/of-today.ts'
import type { Contract } from '../../contract/promised.ts'
import { dateOfCommit, promisedApi } from '../../contract/promised.ts'
import { breakSentence } from '../../contract/words.ts'

test('no app that was made for docs/openapi.json stumbles over what the routes make now', () => {
  const [was, is] = [promisedApi(), apiOfToday()].map((api) => ({ api, router: {} })) as [Contract, Contract]
  expect(differences(was, is, dateOfCommit()).breaks.map(breakSentence)).toEqual([])
})

test('docs/openapi.json is what the routes make: `npm run contract -- --record` writes it anew', () => {
  expect(promisedApi()).toEqual(apiOfToday())
})

test('the document names each schema that it refers to, and each route under one name', () => {
  const text = JSON.stringify(apiDocument())
  const named = Object.keys(apiDocument().components.schemas)
  for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) expect(named).toContain(name)
  expect(text).not.toContain('$defs')
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id)
  expect(ids).toHaveLength(routes.length)
  expect(new Set(ids).size).toBe(routes.length)
})

test('the page for people has every route, and no script', () => {
  const page = apiPage()
  for (const { method, path } of routes) expect(page).toContain(`${method} ${path}`)
  expect(page).toContain('<code>familyName</code> string (required)')
  expect(page).toContain('<code>limit</code> integer')
  expect(page, 'a field without a type').not.toMatch(/<\/code> (<br>|<\/td>| \()/)
  expect(page).not.toContain('<script')
})
