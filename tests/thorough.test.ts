import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'

const folder = join(import.meta.dirname, 'e2e')

async function sized(size: string): Promise<typeof import('./thorough.ts')> {
  vi.resetModules()
  vi.stubEnv('HOMEROOM_TESTS_SIZE', size)
  return import('./thorough.ts')
}
afterEach(() => vi.unstubAllEnvs())

it('in the check what no database decides runs on one, and every feature on both; by hand and in full all does', async () => {
  const left = (await sized('short')).testsOnOneDatabase()
  for (const path of ['cli/user', 'access/canary', 'oneroster/read/csv', 'runtime/headers'])
    expect(left).toContain(`tests/server/${path}.test.ts`)
  expect(left.filter((path) => path.includes('.postgresql.'))).toEqual([])
  const features =
    /^tests\/server\/(?:students|classes|enrollments|meetings|guardians|members|auth|records|merge|undo|history)/
  expect(left.filter((path) => features.test(path))).toEqual([])
  const onBoth = ['runtime/write-limit', 'runtime/rpc/long-paste', 'app/rubbish', 'oneroster/import/again']
  for (const path of [...onBoth, 'oneroster/import/seats', 'oneroster/members/end-missing'])
    expect(left).not.toContain(`tests/server/${path}.test.ts`)
  for (const size of ['full', '']) expect((await sized(size)).testsOnOneDatabase()).toEqual([])
})

it('what copies the project, or starts npm or a build of its own, is left to check:full', async () => {
  const left = (await sized('short')).testsInFullAlone()
  for (const path of ['in-step', 'db/migrate/together', 'server/cli/build.sqlite'])
    expect(left).toContain(`tests/${path}.test.ts`)
  expect(left).not.toContain('tests/thorough.test.ts')
  for (const size of ['full', '']) expect((await sized(size)).testsInFullAlone()).toEqual([])
})

it('the check walks through a choice, and tries a property with fewer cases', async () => {
  const short = await sized('short')
  expect([short.walked(1, 2), short.cases(3, 4)]).toEqual([1, 3])
  const full = await sized('full')
  expect([full.walked(1, 2), full.cases(3, 4)]).toEqual([2, 4])
})

it('of every screen the check runs a test in the browser, but of a school of 25,000 and of eight windows', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.ts'))
  const titles = (file: string) => readFileSync(join(folder, file), 'utf8').match(/^ *test\(\s*(['`]).*?\1,/gm) ?? []
  const without = files.filter((file) => titles(file).every((title) => title.includes(' @full')))
  expect(without).toEqual(['large.test.ts', 'windows.test.ts'])
})
