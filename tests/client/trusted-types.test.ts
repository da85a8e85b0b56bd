import { expect, test } from 'vitest'
import '../setup/no-browser.ts'

const { styleOnly } = await import('../../client/trusted-types.ts')

test('only text without a tag becomes part of the page as it is', () => {
  expect(styleOnly(':root{--gap:4px}')).toBe(':root{--gap:4px}')
  for (const text of ['<img src=x onerror=alert(1)>', '</style><script>', '<']) expect(styleOnly(text)).toBe(null)
})
