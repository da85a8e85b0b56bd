/** Grammar is a language's own: a screen hands names and numbers to the catalog, and takes whole sentences from it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

const client = join(import.meta.dirname, '../../../client')
const sources = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /(?<!\.d)\.tsx?$/.test(name),
)
const languages = readdirSync(join(client, 'messages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

interface Node {
  type?: string
  start?: number
  end?: number
  [part: string]: unknown
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null
/** All nodes of a source that this holds for, as they are written. */
function written(source: string, holds: (node: Node) => boolean): string[] {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (!isNode(value)) return
    if (value.type && holds(value)) found.push(source.slice(value.start, value.end))
    for (const part of Object.values(value)) visit(part)
  }
  visit(parseSync('source.tsx', source).program)
  return found
}
const foundIn = (names: readonly string[], holds: (node: Node) => boolean): string[] =>
  names.flatMap((name) =>
    written(readFileSync(join(client, name), 'utf8'), holds).map((text) => `client/${name}: ${text}`),
  )

/** `count === 1 ? … : …` */
const asksForOne = ({ type, test: asked }: Node): boolean =>
  type === 'ConditionalExpression' &&
  isNode(asked) &&
  asked.type === 'BinaryExpression' &&
  [asked.left, asked.right].some((side) => isNode(side) && side.type === 'Literal' && side.value === 1)

test('one and several are told apart by the plural rules of the language', () => {
  expect(foundIn(sources, asksForOne), 'write plural(count, { one: …, other: … }) in the catalog').toEqual([])
})

const categories = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])
const keysOf = ({ type, properties }: Node): string[] =>
  type === 'ObjectExpression' && Array.isArray(properties)
    ? properties.map(({ key }: { key?: { name?: string; value?: string } }) => key?.name ?? key?.value ?? '')
    : []
/** The forms of a plural that are not those of this language. */
const isUnlike =
  (expected: string) =>
  (node: Node): boolean => {
    const keys = keysOf(node)
    return (
      keys.length > 0 &&
      keys.includes('other') &&
      keys.every((key) => categories.has(key)) &&
      keys.toSorted().join() !== expected
    )
  }
const categoriesOf = (language: string): string =>
  new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted().join()

test.each(languages)('every plural of %s has the forms of that language', (language) => {
  const own = sources.filter((name) => name.startsWith(`messages/${language}/`))
  const expected = categoriesOf(language)
  expect(foundIn(own, isUnlike(expected)), `give each of these: ${expected}`).toEqual([])
})

/** What people typed is folded for comparing there, and keys of the keyboard. */
const folding = new Set([
  'calendar/read-holiday-file.ts',
  'calendar/read-holidays.ts',
  'class-instructors/add-instructor.tsx',
  'meetings/read-time.ts',
  'palette/items.ts',
  'palette/palette-button.tsx',
  'paste/guess-fields.ts',
  'paste/name-cells.ts',
  'records/found-rows.ts',
  'ui/date-words.ts',
  'undo/undo-keys.tsx',
])
const changesLetters = ({ type, property }: Node): boolean =>
  type === 'MemberExpression' &&
  isNode(property) &&
  /^(to(Locale)?(Lower|Upper)Case|charAt)$/.test(String(property.name ?? ''))

test('no screen changes the letters of what the catalog says', () => {
  const screens = sources.filter((name) => !folding.has(name))
  expect(foundIn(screens, changesLetters), 'put the words as they are to be read into the catalog').toEqual([])
})

/** The names that a pattern binds. */
const boundBy = (pattern: unknown): string[] => {
  if (!isNode(pattern)) return []
  if (pattern.type === 'Identifier') return [String(pattern.name)]
  const parts = (pattern.properties ?? pattern.elements ?? []) as Node[]
  return parts.flatMap((part) => boundBy(part?.type === 'Property' ? part.value : (part?.argument ?? part)))
}
const holdsWords = /^use(Messages|Words|KindWords|ListedWords|ManyWords)$/
const calleeOf = (node: unknown): unknown => {
  if (!isNode(node)) return undefined
  if (node.type === 'MemberExpression') return calleeOf(node.object)
  return node.type === 'CallExpression' ? calleeOf(node.callee) : node.name
}
/** The variables that hold sentences. */
function wordsIn(source: string): Set<string> {
  const names: string[] = []
  written(source, ({ type, id, init }) => {
    if (type === 'VariableDeclarator' && holdsWords.test(String(calleeOf(init)))) names.push(...boundBy(id))
    return false
  })
  return new Set(names)
}
const mentions = (value: unknown, words: ReadonlySet<string>): boolean => {
  if (!isNode(value) || /Function/.test(value.type ?? '')) return false
  if (value.type === 'Identifier' && words.has(String(value.name))) return true
  return Object.entries(value).some(([key, part]) => key !== 'property' && key !== 'key' && mentions(part, words))
}
/** Calls that make a sentence and are given another. */
const handed = (source: string): string[] => {
  const words = wordsIn(source)
  const isHanded = ({ type, callee, arguments: given }: Node): boolean =>
    type === 'CallExpression' && words.has(String(calleeOf(callee))) && mentions(given, words)
  return written(source, isHanded)
}

test('no phrase is handed into another sentence', () => {
  const found = sources.flatMap((name) =>
    handed(readFileSync(join(client, name), 'utf8')).map((text) => `client/${name}: ${text}`),
  )
  expect(found, 'hand in names and numbers, and let the catalog make the whole sentence').toEqual([])
})

test('the searches find what they look for', () => {
  expect(written('const a = n === 1 ? b : c', asksForOne)).toHaveLength(1)
  expect(written('const a = n === 2 ? b : c', asksForOne)).toEqual([])
  expect(written("f({ other: 'rows' })", isUnlike(categoriesOf('en')))).toHaveLength(1)
  expect(written("f({ other: 'rows' })", isUnlike(categoriesOf('ja')))).toEqual([])
  expect(written("f({ one: 'row', other: 'rows' })", isUnlike(categoriesOf('en')))).toEqual([])
  expect(written('label.toLowerCase()', changesLetters)).toEqual(['label.toLowerCase'])
  const hook = 'const { set, kinds } = useWords(words);'
  expect(handed(`${hook} set(kinds.room)`)).toEqual(['set(kinds.room)'])
  expect(handed(`${hook} set(room.name, formats.date(day))`)).toEqual([])
})
