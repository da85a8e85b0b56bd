import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Inline } from '../../../client/help/read-sections.ts'
import { findSections, readInlines, readSections, textOf } from '../../../client/help/read-sections.ts'

const sections = readSections(readFileSync(join(import.meta.dirname, '../../../docs/office.md'), 'utf8'))
const slugs = sections.map(({ slug }) => slug)

const inlinesIn = (): Inline[] =>
  sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'paragraph') return block.text
      return block.kind === 'list' ? block.items.flat() : [...block.head, ...block.rows.flat()].flat()
    }),
  )

test('a section is read into paragraphs, lists and tables', () => {
  const text =
    'Before.\n\n## Who sees what?\n\nOne *line*\nand `more`.\n\n- first\n  goes on\n- **second**\n\n| a | b |\n| --- | --- |\n| 1 | [2](#b) |\n'
  expect(readSections(text)).toEqual([
    {
      slug: 'who-sees-what',
      title: 'Who sees what?',
      blocks: [
        {
          kind: 'paragraph',
          text: [
            { kind: 'text', text: 'One ' },
            { kind: 'emphasis', text: 'line' },
            { kind: 'text', text: ' and ' },
            { kind: 'code', text: 'more' },
            { kind: 'text', text: '.' },
          ],
        },
        { kind: 'list', items: [readInlines('first goes on'), [{ kind: 'strong', text: 'second' }]] },
        {
          kind: 'table',
          head: [readInlines('a'), readInlines('b')],
          rows: [[readInlines('1'), [{ kind: 'link', text: '2', to: '#b' }]]],
        },
      ],
    },
  ])
})

test('the handbook is read whole: no sign of Markdown is left for people to read', () => {
  expect(sections.length).toBeGreaterThan(15)
  expect(new Set(slugs).size).toBe(slugs.length)
  const left = sections.map(textOf).flatMap((text) => text.match(/.*(\*|`|\]\(|^#|\| ).*/gm) ?? [])
  expect(left).toEqual([])
})

test('each link in the handbook leads to a section of it', () => {
  const links = inlinesIn().flatMap((one) => (one.kind === 'link' ? one.to : []))
  expect(links.filter((to) => !slugs.includes(to.replace(/^#/, '')))).toEqual([])
})

test('a search finds the sections that have each word, whatever its case', () => {
  const found = (typed: string) => findSections(sections, typed).map(({ slug }) => slug)
  expect(found('')).toEqual(slugs)
  expect(found('WAITLIST drag')).toContain('seats-and-waitlists')
  expect(found('waitlist drag')).not.toContain('guardians')
  expect(found('zebra')).toEqual([])
})
