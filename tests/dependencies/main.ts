/**
 * `npm run audit:deps [-- --offline] [-- --json]`: every package that is installed, why, its licence, size and install script, and of
 * those that we ask for the age. Fails on one that nothing uses, an unlisted licence, a version that is not fixed.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { agesOf } from './ages.ts'
import { findings } from './findings.ts'
import { broughtBy, direct, locked, nameOf, own, root } from './lock.ts'
import { reasons } from './reasons.ts'
import { sizeOf } from './size.ts'

const { offline, json } = parseArgs({ options: { offline: { type: 'boolean' }, json: { type: 'boolean' } } }).values
const ages = offline ? new Map() : await agesOf(direct, Date.now())
const brought = broughtBy()
const isDirect = (path: string) => path === `node_modules/${nameOf(path)}` && nameOf(path) in direct

const whyOf = (path: string): string => {
  const name = nameOf(path)
  if (isDirect(path)) return reasons[name] ?? 'no reason given'
  const by = brought.get(path) ?? []
  return `comes with ${by.slice(0, 3).join(', ')}${by.length > 3 ? ` and ${by.length - 3} more` : ''}`
}
const scriptOf = (name: string, hasScript?: boolean) =>
  hasScript ? (own.allowScripts[name] ? 'runs a script' : 'has a script that does not run') : ''

const rows = locked.map(([path, { version, license = 'unknown', dev, hasInstallScript }]) => ({
  name: nameOf(path),
  version,
  isDirect: isDirect(path),
  isShipped: !dev,
  why: whyOf(path),
  license,
  bytes: sizeOf(join(root, path)),
  script: scriptOf(nameOf(path), hasInstallScript),
  ...(isDirect(path) && { age: ages.get(nameOf(path)) ?? 'unknown' }),
}))

const mib = (bytes?: number) => (bytes === undefined ? 'not here' : `${(bytes / 1024 ** 2).toFixed(1)} MiB`)
function lineOf({ name, version, why, license, bytes, script, age }: (typeof rows)[number]): string {
  const days =
    age === undefined ? '' : age === 'unknown' ? 'age unknown' : `${age.days} days, last ${age.sinceLast} ago`
  return [`${name} ${version}`, why, license, mib(bytes), script, days].filter(Boolean).join(' · ')
}

const found = findings()
if (json) console.log(JSON.stringify({ packages: rows, findings: found }, undefined, 2))
else {
  const largest = rows.toSorted((a, b) => Number(b.isDirect) - Number(a.isDirect) || (b.bytes ?? 0) - (a.bytes ?? 0))
  for (const row of largest) console.log(lineOf(row))
  const total = rows.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
  const shipped = rows.filter(({ isShipped }) => isShipped).length
  console.log(
    `\n${rows.length} packages, ${shipped} of them shipped, ${rows.filter((row) => row.isDirect).length} asked for, ${mib(total)}`,
  )
}
for (const finding of found) console.error(finding)
process.exitCode = found.length ? 1 : 0
