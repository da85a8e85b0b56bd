/** The dispatcher needs no database; once is enough. */
import { expect, test } from 'vitest'
import { homeroom } from '../../setup/server.ts'

test('homeroom without a command, or with one that is not there, lists what there is', async () => {
  for (const args of [[], ['frobnicate'], ['__proto__'], ['constructor']]) {
    const { code, output } = await homeroom(args)
    expect(code).toBe(2)
    for (const name of ['start', 'init', 'migrate', 'journal', 'dev'])
      expect(output).toMatch(new RegExp(`^  ${name} `, 'm'))
  }
  expect((await homeroom(['--help'])).code).toBe(0)
})

test('every command explains itself, whatever the database is', async () => {
  const { said } = await homeroom(['--help'], { env: { DATABASE_URL: '' } })
  const names = [...said.matchAll(/^ {2}(\w+) /gm)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(4)
  const explained = await Promise.all(names.map((name) => homeroom([name, '--help'])))
  for (const [n, { code, said }] of explained.entries()) {
    expect(code, names[n]).toBe(0)
    expect(said, names[n]).toMatch(new RegExp(`^Usage: homeroom ${names[n]}`))
    expect(said, names[n]).toContain('--help')
  }
})

test('a wrong option is a wrong use', async () => {
  const { code, output } = await homeroom(['migrate', '--force'])
  expect(code).toBe(2)
  expect(output).toContain('--force')
  expect(output).toContain('homeroom migrate --help says how it is used')
})
