/** What the audit refuses: a package that nothing uses, that nobody gave a reason for, whose licence or version is not fixed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locked, Own } from './lock.ts'
import { broughtBy, direct, locked, nameOf, own, packages, root } from './lock.ts'
import { reasons } from './reasons.ts'

/** They may be shipped, or stay on the machines of developers. */
const shippable = [
  'MIT',
  'ISC',
  '0BSD',
  'Unlicense',
  'OFL-1.1',
  'Apache-2.0',
  'MPL-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
]
const forDevelopers = [...shippable, 'CC0-1.0']

/** Of `(MIT OR WTFPL)` we take the one that we know; `AND` needs both. */
export function isListed(license = '', isDev = false): boolean {
  const known = isDev ? forDevelopers : shippable
  const choices = license.replaceAll(/[()]/g, '').split(' OR ')
  return choices.some((choice) => choice.split(' AND ').every((each) => known.includes(each)))
}

const sources = ['client', 'db', 'deploy', 'server', 'tests']
export function sourceText(): string {
  const files = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|tsx|mjs|css|html)$/.test(name))
      .map((name) => join(folder, name)),
  )
  const ours = files.filter((file) => !file.startsWith(join('tests', 'dependencies')))
  return [...ours, 'vite.config.ts', 'drizzle.config.ts']
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n')
}

const quoted = (name: string) => new RegExp(`['"\`/]${name.replaceAll(/[/.]/g, '\\$&')}(?:/[^'"\`]*)?['"\`]`)

/** These are not imported: what starts or asks for each. */
const otherwise: Record<string, (text: string, scripts: string) => boolean> = {
  '@biomejs/biome': (_, scripts) => /\bbiome\b/.test(scripts),
  '@vitest/coverage-v8': (text) => text.includes("provider: 'v8'"),
  typescript: (_, scripts) => /\btsc\b/.test(scripts),
}

/** Types are used where their package is. */
export function isUsed(name: string, text: string, scripts: string): boolean {
  const typed = /^@types\/(.+)$/.exec(name)?.[1]
  if (typed === 'node') return text.includes("'node:")
  return otherwise[name]?.(text, scripts) ?? quoted(typed ?? name).test(text)
}

export function ofDirect({ scripts }: Own, asked: Record<string, string>, text: string): string[] {
  const commands = Object.values(scripts).join('\n')
  return [
    ...Object.entries(asked).flatMap(([name, version]) => [
      ...(isUsed(name, text, commands) ? [] : [`nothing uses ${name}: take it out`]),
      ...(reasons[name] ? [] : [`${name} has no reason in tests/dependencies/reasons.ts`]),
      ...(/^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version) ? [] : [`${name} is not pinned: ${version}`]),
    ]),
    ...Object.keys(reasons).flatMap((name) =>
      name in asked ? [] : [`a reason is given for ${name}, which is not asked for`],
    ),
  ]
}

export const ofLocked = (all: readonly (readonly [string, Locked])[]): string[] =>
  all.flatMap(([path, { version, integrity, license, dev, name }]) => [
    ...(isListed(license, dev)
      ? []
      : [`${name ?? nameOf(path)} ${version} has the licence ${license ?? 'nobody knows which'}`]),
    ...(integrity?.startsWith('sha512-') ? [] : [`${nameOf(path)} ${version} is locked without its hash`]),
  ])

const notNeeded = (): string[] => {
  const brought = broughtBy()
  return locked.flatMap(([path]) => (brought.has(path) ? [] : [`${nameOf(path)} is locked, and nobody asks for it`]))
}

export const findings = (): string[] => [
  ...ofDirect(own, direct, sourceText()),
  ...Object.entries(direct).flatMap(([name, version]) =>
    packages[`node_modules/${name}`]?.version === version.split('@').at(-1)
      ? []
      : [`${name} is not locked in ${version}`],
  ),
  ...ofLocked(locked),
  ...notNeeded(),
]
