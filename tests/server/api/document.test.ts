import { expect, test } from 'vitest'
import { apiDocument } from '../../../server/api/document.ts'
import { apiPage } from '../../../server/api/page.ts'
import { routes } from '../../../server/api/routes.ts'

test('docs/openapi.json is what the routes make: `npx vitest run -u` on this file writes it anew', async () => {
  await expect(`${JSON.stringify(apiDocument(), null, 2)}\n`).toMatchFileSnapshot('../../../docs/openapi.json')
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
  expect(page).not.toContain('<script')
})
