/** Every sentence comes from the catalog: a literal one in a component would never be translated. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { catalog } from '../../../client/messages/en/catalog.ts'
import { formatsFor } from '../../../client/messages/formats.ts'

const client = join(import.meta.dirname, '../../../client')
const components = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))

/** Attributes that people read or hear. */
const read = new Set(['alt', 'aria-label', 'description', 'hint', 'label', 'placeholder', 'title', 'closeLabel'])
const hasWords = (text: unknown): text is string => typeof text === 'string' && /\p{L}{2}/u.test(text)

interface Node {
  type?: string
  value?: unknown
  name?: { name?: string }
}
function literalsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(literalsIn)
  if (typeof node !== 'object' || node === null) return []
  const { type, value, name } = node as Node
  if (type === 'JSXText' && hasWords(value)) return [value.trim()]
  const given = (value as Node | null)?.value
  if (type === 'JSXAttribute' && read.has(name?.name ?? '') && hasWords(given)) return [`${name?.name}="${given}"`]
  return Object.values(node).flatMap(literalsIn)
}

const found = (source: string) => literalsIn(parseSync('component.tsx', source).program)

test('no component holds a sentence of its own', () => {
  const literals = components.flatMap((name) =>
    found(readFileSync(join(client, name), 'utf8')).map((text) => `client/${name}: ${text}`),
  )
  expect(literals, 'put the sentence into client/messages/ and take it from useMessages()').toEqual([])
})

test('the search for sentences finds them', () => {
  expect(found('const a = <p title="Close it">Save {count} changes</p>')).toEqual([
    'title="Close it"',
    'Save',
    'changes',
  ])
  expect(found('const a = <p id="close">Save {count} changes</p>')).toEqual(['Save', 'changes'])
})

const sentences = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentences) : []
}

const formats = formatsFor('en-GB', 'Europe/London')
/** All that the catalog says, of every area. */
async function everything(): Promise<unknown[]> {
  const areas = Object.entries(catalog.areas).map(async ([name, load]) => {
    const file: Record<string, unknown> = await load()
    return (file[name] as (given: typeof formats) => unknown)(formats)
  })
  return [catalog.frame(formats), ...(await Promise.all(areas))]
}

test('no sentence shouts, apologizes or says successfully', async () => {
  const all = sentences(await everything())
  expect(all.length).toBeGreaterThan(700)
  expect(all.filter((text) => /!|sorry|apolog|successfully|oops|please/i.test(text))).toEqual([])
})

/** Only what stands in a fold for whoever keeps the server is a command. */
const mayNameCommands = (key: string) => key.endsWith('Command')
const shown = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => (mayNameCommands(key) ? [] : shown(part)))
}

test('no sentence sends anybody to a command line', async () => {
  const all = shown(await everything())
  expect(all.length).toBeGreaterThan(1000)
  expect(
    all.filter((text) =>
      /\bnpx\b|\bnpm\b|homeroom (move|import|init|user|migrate)|at (a|the) command line/i.test(text),
    ),
  ).toEqual([])
})
