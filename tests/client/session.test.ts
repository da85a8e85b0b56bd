/** Where a page goes after somebody has signed in. */
import { expect, test, vi } from 'vitest'
import '../setup/no-browser.ts'

vi.stubGlobal('location', new URL('https://register.school.example/sign-in'))
const { ownPath } = await import('../../client/session.ts')

test.each([
  ['/northgate/students?grade=7#q', '/northgate/students?grade=7#q'],
  [undefined, '/'],
  ['', '/'],
  ['northgate', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['\\\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['\t//evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/a/..//evil.example', '/'],
  ['https://evil.example/', '/'],
  ['https:evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['data:text/html,x', '/'],
])('after signing in, the address %j leads to %j', (next, path) => {
  expect(ownPath(next)).toBe(path)
})
