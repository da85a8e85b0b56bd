import { expect, test } from 'vitest'
import { isNewer } from '../../client/versions.ts'

const monday = '0.1.0+20261123080000.3f9c2a1b'

test.each([
  ['built later', '0.1.0+20261124080000.00000000', monday, true],
  ['built earlier', monday, '0.1.0+20261124080000.00000000', false],
  ['the same', monday, monday, false],
  ['built at the same moment of other sources', '0.1.0+20261123080000.00000000', monday, false],
  ['of a later release, though built earlier', '0.10.0+20261101080000.00000000', '0.9.1+20261124080000.00000000', true],
  [
    'of an earlier release, though built later',
    '0.9.1+20261124080000.00000000',
    '0.10.0+20261101080000.00000000',
    false,
  ],
  ['of a development server', 'dev', monday, false],
  ['beside a development page', monday, 'dev', false],
  ['named as versions were before they had an age', '0.1.0+3f9c2a1b', monday, false],
  ['beside one of those', monday, '0.1.0+3f9c2a1b', true],
])('a page knows a newer version from an older one: %s', (_, one, other, expected) => {
  expect(isNewer(one, other)).toBe(expected)
})
