import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSections } from '../../../client/help/read-sections.ts'
import { helpFor, helpSections } from '../../../client/help/section-for.ts'
import { listPaths } from '../../../db/values.ts'

const root = join(import.meta.dirname, '../../..')
const slugs = readSections(readFileSync(join(root, 'docs/office.md'), 'utf8')).map(({ slug }) => slug)

test('every section that a page names is in the handbook', () => {
  expect(helpSections.filter((section) => !slugs.includes(section))).toEqual([])
})

test('every page has an explanation that was chosen for it or its like', () => {
  const routes = readFileSync(join(root, 'client/routes.tsx'), 'utf8')
  const written = [...routes.matchAll(/\bat\(\s*'\/([^']+)'/g)].map(([, path = '']) => path)
  const ofLists = listPaths.flatMap((path) =>
    ['', '/paste', '/new', '/$id', '/$id/edit', '/print'].map((end) => path + end),
  )
  const unexplained = [...written, ...ofLists].filter(
    (path) => helpFor(path.replace(/\$\w+/g, '42')).section === 'home',
  )
  expect(unexplained).toEqual(['home', 'help'])
  expect(written.length).toBeGreaterThan(20)
})

test('a page knows the keys of its own kind', () => {
  expect(helpFor('rooms')).toEqual({ section: 'lists-and-search', keys: ['list'] })
  expect(helpFor('calendar')).toEqual({ section: 'the-calendar-and-the-bells', keys: ['calendar'] })
  expect(helpFor('nowhere/at/all/of/it')).toEqual({ section: 'home', keys: [] })
})
