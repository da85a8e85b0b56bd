import { expect, test } from 'vitest'
import { onScreen } from '../../../server/imports/sentences.ts'

test.each([
  ['export it again, or say --accept-shrink', 'export it again, or accept that there are fewer rows'],
  [
    'no row of the column tells: say --dates mdy where the month comes first, --dates dmy where the day does',
    'no row of the column tells: choose on the page Imports which comes first, and drop the files again',
  ],
  ['read month first, as --dates mdy says', 'read month first, as you chose'],
  ['name the school, or the system by --source', 'name the school, or give the system a name below'],
  [
    'The same system: say --source mill, or once "homeroom school set north --source mill"',
    'The same system: write mill as the name of the system below',
  ],
  ['has no sourcedId', 'has no sourcedId'],
])('who has only a browser is told of no option of the command: %s', (said, shown) => {
  expect(onScreen(said)).toBe(shown)
})
