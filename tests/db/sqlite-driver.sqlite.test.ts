import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { open } from '../../db/open.ts'
import { driver } from '../../db/sqlite-driver-name.ts'

/** Collects statements while no JavaScript runs, and ends with many more. */
const collecting = `
  const client = new (require('${driver}'))(':memory:')
  const kept = []
  let turns = 0
  const turn = () => {
    for (let n = 0; n < 3000; n++) client.prepare('select ' + n).get()
    if (++turns < 10) return setTimeout(turn, 5)
    for (let n = 0; n < 3000; n++) kept.push(client.prepare('select ' + n))
  }
  turn()`

test('a process that collects statements goes on, and ends in order', async () => {
  const { stderr } = await promisify(execFile)(process.execPath, ['--max-semi-space-size=1', '-e', collecting])
  expect(stderr).toBe('')
})

test('a process loads one of the two copies of better-sqlite3: two would not see the locks of each other', async () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: object }
  const copies = Object.keys(packages).filter((path) => /(^|\/)node_modules\/better-sqlite3[^/]*$/.test(path))
  expect(copies).toEqual(['node_modules/better-sqlite3', 'node_modules/better-sqlite3-13'])
  const tests = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
  const opening = tests.filter((path) =>
    /^import [^t].*'better-sqlite3|require\('better-sqlite3/m.test(readFileSync(`tests/${path}`, 'utf8')),
  )
  expect(opening, 'import db/sqlite-driver.ts').toEqual([])
  const db = await open()
  await db.close()
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
  expect(sharedObjects.filter((path) => /better[_-]sqlite3/.test(path))).toHaveLength(1)
})
