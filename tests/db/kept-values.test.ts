import { expect, test } from 'vitest'
import { placeAfter } from '../../db/kept-values.ts'

const rebuild = (into: string, sources: string) => [
  'CREATE TABLE `__new_rooms` (`id` text, `places` integer);',
  `INSERT INTO \`__new_rooms\`(${into}) SELECT ${sources} FROM \`rooms\`;`,
  'DROP TABLE `rooms`;',
  'ALTER TABLE `__new_rooms` RENAME TO `rooms`;',
]

test.each<[place: string, what: string, statements: string[]]>([
  ['rooms.seats', 'rooms.seats', ['UPDATE rooms SET seats = 1']],
  ['rooms.places', 'rooms.seats', ['ALTER TABLE `rooms` RENAME COLUMN `seats` TO `places`;']],
  ['rooms.seats', 'rooms.seats', ['ALTER TABLE `halls` RENAME COLUMN `seats` TO `places`;']],
  ['spaces.seats', 'rooms.seats', ['ALTER TABLE "rooms" RENAME TO "spaces";']],
  ['spaces', 'rooms', ['ALTER TABLE "rooms" RENAME TO "spaces";']],
  [
    'spaces.places',
    'rooms.seats',
    ['ALTER TABLE rooms RENAME TO spaces', 'ALTER TABLE spaces RENAME COLUMN seats TO places'],
  ],
  ['rooms.places', 'rooms.seats', rebuild('"id", "places"', '"id", "seats"')],
  ['rooms.places', 'rooms.seats', rebuild('"id", "places"', `"id", coalesce("seats", 0)`)],
  ['rooms', 'rooms', rebuild('"id", "places"', '"id", "seats"')],
  ['', 'rooms.seats', rebuild('"id"', '"id"')],
  ['', 'rooms.seat', rebuild('"id", "places"', '"id", "seats"')],
])('to %s goes what was in %s (%#)', (place, what, statements) => {
  expect(placeAfter(what, statements)).toBe(place)
})
