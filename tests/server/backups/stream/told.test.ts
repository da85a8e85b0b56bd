import { afterAll, expect, test } from 'vitest'
import {
  forgetStream,
  readStream,
  streamTrouble,
  tellStored,
  tellUnstored,
} from '../../../../server/backups/stream/told.ts'
import { db } from '../../../setup/people.ts'

afterAll(() => db.close())

test('nobody is warned of a stream that was turned off, and one that is kept again is told anew', async () => {
  const at = new Date('2026-11-30T14:05:00Z')
  const now = new Date('2026-11-30T15:05:00Z')
  await tellStored(db, '/srv/backups/stream/one', at, at)
  await tellUnstored(db, 'disk.full', now)
  expect(await streamTrouble(db, now)).toEqual({ at: at.toISOString() })
  await forgetStream(db)
  expect(await readStream(db)).toBeNull()
  expect(await streamTrouble(db, now)).toBeNull()
  await forgetStream(db)
  await tellStored(db, '/srv/backups/stream/two', now, now)
  expect(await readStream(db)).toMatchObject({ place: '/srv/backups/stream/two', failure: null })
})
