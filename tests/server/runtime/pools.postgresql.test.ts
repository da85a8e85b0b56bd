import { expect, test } from 'vitest'
import { overdrawn } from '../../../server/runtime/pools.ts'
import { startServer } from '../../setup/server.ts'

test('pools that ask for more than the server has are warned of at the start, with what would fit', async () => {
  const direct = process.env.DATABASE_DIRECT_URL ?? ''
  const asked = { DATABASE_URL: direct, DATABASE_DIRECT_URL: direct, DATABASE_POOL_MAX: '400' }
  const server = await startServer(asked)
  const said = await server.untilSaid(/"database\.pools_too_large".*\n/)
  const warning = said.split('\n').find((line) => line.includes('database.pools_too_large'))
  const { level, workers, wanted, left, fitting_pool_max: fitting } = JSON.parse(warning ?? '')
  expect({ level, workers, wanted }).toEqual({ level: 'warn', workers: 1, wanted: 400 })
  expect(left).toBeLessThan(200)
  expect(fitting).toBe(left)
  expect(await server.stop()).toBe(0)
})

test('pools that fit, and a database that counts nobody, are not warned of', () => {
  expect(overdrawn(40, 4, 10)).toBeUndefined()
  expect(overdrawn(undefined, 100, 100)).toBeUndefined()
  expect(overdrawn(39, 4, 10)).toMatchObject({ wanted: 40, left: 39, fitting_pool_max: 9 })
  expect(overdrawn(2, 4, 10)).toMatchObject({ fitting_pool_max: 1 })
})

test('a database elsewhere that proves itself by no certificate is warned of at the start, one on this machine is not', async () => {
  const direct = process.env.DATABASE_DIRECT_URL ?? ''
  const near = await startServer({ DATABASE_URL: direct, DATABASE_DIRECT_URL: direct })
  const elsewhere = direct.replace('127.0.0.1', '0.0.0.0')
  const far = await startServer({ DATABASE_URL: elsewhere, DATABASE_DIRECT_URL: direct })
  const said = await far.untilSaid(/"database\.unprotected".*\n/)
  const line = said.split('\n').find((each) => each.includes('database.unprotected'))
  expect(JSON.parse(line ?? '')).toMatchObject({ level: 'warn', hosts: ['0.0.0.0'] })
  expect(await near.stop()).toBe(0)
  expect(near.output()).not.toContain('database.unprotected')
  expect(await far.stop()).toBe(0)
})
