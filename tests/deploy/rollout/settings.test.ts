import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseSettings } from '../../../deploy/rollout/settings.ts'

const machine = {
  on: 'this machine',
  folder: '/srv/homeroom/rollout',
  backup: { folder: '/srv/backups' },
  check: { email: 'check@school.example', passwordFile: '/etc/homeroom/check-password' },
  environment: { DATABASE_URL_FILE: '/etc/homeroom/database-url' },
  haproxy: { socket: '/run/haproxy/rollout.sock' },
  colours: { blue: { port: 3001, metricsPort: 9471 }, green: { port: 3002, metricsPort: 9472 } },
}
const refusal = (change: object) => {
  try {
    parseSettings(JSON.stringify({ ...machine, ...change }), 'rollout.json', {})
  } catch (error) {
    return (error as Error).message
  }
  return 'accepted'
}

test('what is left out has a default', () => {
  expect(parseSettings(JSON.stringify(machine), 'rollout.json', {})).toMatchObject({
    shares: [10, 50, 100],
    backup: { maxAgeHours: 26 },
    watch: { leastCalls: 300, errors: 0.01, slower: 1.5, few: 'back' },
    haproxy: { backend: 'homeroom' },
  })
})

test.each([
  ['shares', { shares: [50, 10, 100] }, /shares grow, and the last is 100/],
  ['the last share', { shares: [10, 50] }, /the last is 100/],
  ['a word that nobody knows', { watching: {} }, /watching/],
  [
    'a secret',
    { environment: { DATABASE_URL: 'postgres://me:secret@db/homeroom' } },
    /holds a secret: name a file in DATABASE_URL_FILE/,
  ],
  ['a key', { environment: { ...machine.environment, LOG_HASH_KEY: 'sixteen letters!' } }, /LOG_HASH_KEY_FILE/],
  ['a file as the register', { environment: { DATABASE_URL: 'file:/srv/homeroom/homeroom.db' } }, /^accepted$/],
  [
    'less grace than a drain takes',
    { graceSeconds: 26 },
    /graceSeconds must be 2 s above DRAIN_DEADLINE_MS, which is 25000/,
  ],
  ['a longer drain', { environment: { ...machine.environment, DRAIN_DEADLINE_MS: '60000' } }, /which is 60000/],
  ['no register', { environment: {} }, /neither DATABASE_URL nor DATABASE_URL_FILE/],
  ['a register beside the release', { environment: { DATABASE_URL: 'file:./data/homeroom.db' } }, /whole path/],
  ['a folder beside the release', { folder: 'rollout' }, /folder: a whole path/],
  ['patience', { watch: { seconds: 60, patienceSeconds: 30 } }, /patienceSeconds/],
  ['another place', { on: 'a ship' }, /on/],
])('%s', (_, change, said) => {
  expect(refusal(change)).toMatch(said)
})

test('each settings file that docs/deploying.md shows is accepted', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/deploying.md'), 'utf8')
  const shown = [...page.matchAll(/```json\n(\{[\s\S]*?"on":[\s\S]*?)```/g)].map(([, text = '']) => text)
  expect(shown).toHaveLength(2)
  for (const text of shown) parseSettings(text, 'rollout.json', {})
})
