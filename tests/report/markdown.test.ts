import { describe, expect, test } from 'vitest'
import { code, fitted, list, mostOfComment, table } from './markdown.ts'

describe('a name that a stranger chose', () => {
  test.each([
    ['@everyone please look', '`@everyone please look`'],
    ['<img src=x onerror=alert(1)>', '`<img src=x onerror=alert(1)>`'],
    ['a `b` c', "`a 'b' c`"],
    ['one\n\n# two\r\nthree', '`one # two three`'],
    ['name\u202Egnp.exe', '`name gnp.exe`'],
    ['', '` `'],
  ])('%j stays plain text in a code span', (text, shown) => {
    expect(code(text)).toBe(shown)
  })

  test('is cut between two letters', () => {
    expect(code('🏫'.repeat(9), 4)).toBe(`\`${'🏫'.repeat(3)}…\``)
  })

  test('does not end its cell of a table', () => {
    expect(table(['file', 'size'], [[code('a|b'), '1']])).toBe('| file | size |\n| --- | ---: |\n| `a\\|b` | 1 |')
  })
})

test('a long list says how many more there are', () => {
  expect(list(['a', 'b', 'c', 'd'], 2)).toBe('- a\n- b\n- and 2 more')
})

test('a comment is never longer than GitHub takes, in whatever letters', () => {
  const sections = ['Tests', 'Flags', 'Bundle'].map((title) => ({ title, text: `${'- ключ\n'.repeat(3000)}` }))
  const text = fitted('head', sections)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(mostOfComment)
  expect(Buffer.byteLength(text)).toBeGreaterThan(mostOfComment - 100)
  expect(text).toMatch(/- ключ\n\nThe rest is left out: the comment would be too long\.$/)
  expect(fitted('head', [{ title: 'Flags', text: 'none' }])).toBe('head\n\n### Flags\n\nnone')
})
