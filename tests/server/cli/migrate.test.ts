import { expect, test } from 'vitest'
import { homeroom } from '../../setup/server.ts'

test('migrate status says what is applied and what is pending', async () => {
  const { code, said } = await homeroom(['migrate', 'status'])
  expect(code).toBe(0)
  expect(said).toMatch(/^applied {2}0000_register {2}\d{4}-/m)
  expect(said).toContain('Nothing is pending')
  const json = JSON.parse((await homeroom(['migrate', 'status', '--json'])).said)
  expect(json).toMatchObject({ pending: [] })
  expect(json.applied[0]).toMatchObject({ name: '0000_register' })
  expect((await homeroom(['migrate', 'sideways'])).code).toBe(2)
  expect((await homeroom(['migrate'])).said).toBe('Nothing to apply\n')
})
