/** Building when needed, in a copy of this checkout with screens of one line. Once is enough: it asks no database. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run, temporaryFolder } from '../../setup/server.ts'

const root = join(import.meta.dirname, '../../..')
const folder = temporaryFolder()
const inCopy = (path: string) => join(folder.path, path)
const say = (what: string) =>
  writeFileSync(inCopy('client/main.js'), `document.title = ${JSON.stringify(what)} + process.env.NODE_ENV`)

beforeAll(() => {
  for (const path of ['db', 'server', 'drizzle', 'package.json', 'vite.config.ts', 'tsconfig.json'])
    cpSync(join(root, path), inCopy(path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), inCopy('node_modules'))
  mkdirSync(inCopy('client'))
  writeFileSync(inCopy('client/index.html'), '<!doctype html><script type="module" src="./main.js"></script>')
  say('one')
})
afterAll(() => folder.done())

async function status() {
  const { child, output, ended } = run(['server/cli/bin.mjs', 'migrate', 'status'], {}, [process.execPath], folder.path)
  child.stdin.end()
  return { code: await ended, output: output() }
}
const isBuilding = ({ output }: { output: string }) => output.includes('Building Homeroom')
const script = () => {
  const name = readdirSync(inCopy('dist/client/assets')).find((file) => file.endsWith('.js')) ?? ''
  return readFileSync(inCopy(`dist/client/assets/${name}`), 'utf8')
}

test('the first commands after an install, even two at once, build once and run', async () => {
  const both = await Promise.all([status(), status()])
  expect(both.map(({ code }) => code)).toEqual([0, 0])
  for (const { output } of both) expect(output).toContain('0000_register')
  expect(readdirSync(folder.path).filter((name) => name.startsWith('.dist'))).toEqual([])
  const files = readdirSync(inCopy('dist/client/assets'))
  expect(files.filter((name) => /\.js\.(br|gz)$/.test(name))).toHaveLength(2)
})

test('a build is for production, whatever the environment it is made in', () => {
  expect(process.env.NODE_ENV).toBe('test')
  expect(script()).toMatch(/production/)
})

test('what is built is not built again, and what has changed is', async () => {
  expect(isBuilding(await status())).toBe(false)
  say('two')
  expect(isBuilding(await status())).toBe(true)
  expect(script()).toContain('two')
  expect(isBuilding(await status())).toBe(false)
})

test('a build that fails says so, and leaves what was built before', async () => {
  writeFileSync(inCopy('client/main.js'), 'import "./nowhere.js"')
  const { code, output } = await status()
  expect(code).toBe(1)
  expect(output).toContain('nowhere.js')
  expect(output).toContain('Homeroom could not be built: mend what is named above, then run this again')
  expect(script()).toContain('two')
  expect(readdirSync(folder.path).filter((name) => name.startsWith('.dist'))).toEqual([])
})

test('where only what was built is shipped, nothing is built', async () => {
  for (const path of ['client', 'db', 'vite.config.ts']) rmSync(inCopy(path), { recursive: true })
  for (const name of readdirSync(inCopy('server')))
    if (name !== 'cli') rmSync(inCopy(`server/${name}`), { recursive: true })
  const { code, output } = await status()
  expect(code).toBe(0)
  expect(isBuilding({ output })).toBe(false)
  rmSync(inCopy('dist'), { recursive: true })
  expect(await status()).toMatchObject({ code: 1, output: expect.stringContaining('There is nothing to run') })
  expect(existsSync(inCopy('dist'))).toBe(false)
})
