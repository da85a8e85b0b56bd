import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wallClock } from '../../db/wall-clock.ts'

test.each([
  ['2026-12-01T04:59:59Z', 'America/New_York', '2026-11-30', '23:59:59'],
  ['2026-12-01T05:00:00Z', 'America/New_York', '2026-12-01', '00:00:00'],
  ['2026-03-29T01:00:00Z', 'Europe/London', '2026-03-29', '02:00:00'],
  ['2026-10-25T00:59:00Z', 'Europe/London', '2026-10-25', '01:59:00'],
  ['2028-02-29T12:00:00Z', 'Asia/Kathmandu', '2028-02-29', '17:45:00'],
  ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01', '00:00:00'],
  ['0987-06-05T12:00:00Z', 'UTC', '0987-06-05', '12:00:00'],
])('at %s the clocks of %s show %s %s', (at, timeZone, date, time) => {
  expect(wallClock(new Date(at), timeZone)).toEqual({ date, time })
})

test('no file asks a locale for its own short date and reads that as YYYY-MM-DD', () => {
  const root = join(import.meta.dirname, '../..')
  const found = ['client', 'server', 'db'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file))
      .filter((file) => /(Format|String)\('(en-CA|sv-SE)'/.test(readFileSync(join(root, file), 'utf8'))),
  )
  expect(found, 'db/wall-clock.ts says what the clocks show').toEqual([])
})
