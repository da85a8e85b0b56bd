import { expect, test } from 'vitest'
import type { Figures } from '../../../deploy/rollout/backend.ts'
import type { Compared, Margins } from '../../../deploy/rollout/judge.ts'
import { judge } from '../../../deploy/rollout/judge.ts'

const margins: Margins = {
  leastCalls: 100,
  errors: 0.01,
  slower: 1.5,
  slowerMs: 100,
  alarmFailed: 10,
  alarmErrors: 0.05,
}
const figures = (calls: number, failed = 0, tookMs: number | undefined = 20): Figures => ({ calls, failed, tookMs })
const verdict = (fresh: Figures | undefined, old: Compared['old']) => judge({ fresh, old, tookIs: 'p95' }, margins)

test.each([
  ['as good as before', figures(100), figures(900), 'good'],
  ['one call too few', figures(99), figures(900), 'few'],
  ['without a call', figures(0, 0, undefined), figures(900), 'few'],
  ['exactly the margin of failures', figures(100, 1), figures(900), 'good'],
  ['above the margin of failures', figures(100, 2), figures(900), 'bad'],
  ['failing, but no more than before', figures(100, 5), figures(900, 45), 'good'],
  ['failing beyond what failed before', figures(100, 7), figures(900, 45), 'bad'],
  ['few calls, and too few failed for an alarm', figures(20, 9), figures(900), 'few'],
  ['few calls, and enough failed for an alarm', figures(20, 10), figures(900), 'bad'],
  ['the database away for both', figures(20, 10), figures(900, 450), 'few'],
  ['exactly as slow as may be', figures(100, 0, 130), figures(900, 0, 20), 'good'],
  ['slower than may be', figures(100, 0, 131), figures(900, 0, 20), 'bad'],
  ['slow beside an old one with too few calls', figures(100, 0, 5000), figures(99, 0, 20), 'good'],
  ['slow with too few calls of its own', figures(99, 0, 5000), figures(900, 0, 20), 'few'],
  ['the first release', figures(100), null, 'good'],
  ['the first release, failing', figures(100, 2), null, 'bad'],
])('a new version that is %s', (_, fresh, old, wanted) => {
  expect(verdict(fresh, old).verdict).toBe(wanted)
})

test('what can not be read is never good', () => {
  expect(verdict(undefined, figures(900)).verdict).toBe('unread')
  expect(verdict(figures(100), undefined)).toMatchObject({
    verdict: 'few',
    why: expect.stringContaining('old version'),
  })
  expect(verdict(figures(100, 50), undefined).verdict, 'failures count without anything to compare with').toBe('bad')
})

test('the reason says the numbers', () => {
  expect(verdict(figures(200, 20), figures(900, 9)).why).toBe(
    '20 of 200 calls of the new version failed (10 %; before: 1.0 %)',
  )
  expect(verdict(figures(100, 0, 400), figures(900, 0, 20)).why).toBe(
    'p95 of the new version is 400 ms, and may be 130 ms (before: 20 ms)',
  )
})
