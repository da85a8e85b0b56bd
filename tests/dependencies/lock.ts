/** package.json and package-lock.json, and how each package came in. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Locked {
  name?: string
  version: string
  resolved?: string
  integrity?: string
  license?: string
  dev?: boolean
  optional?: boolean
  hasInstallScript?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}
export interface Own {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  optionalDependencies: Record<string, string>
  scripts: Record<string, string>
  allowScripts: Record<string, boolean>
}

export const root = join(import.meta.dirname, '../..')
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))
export const own: Own = read('package.json')
export const packages: Record<string, Locked> = read('package-lock.json').packages
/** By the folder that each is in. */
export const locked = Object.entries(packages).filter(([path]) => path)
export const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? ''
export const direct: Record<string, string> = {
  ...own.dependencies,
  ...own.optionalDependencies,
  ...own.devDependencies,
}

/** Where Node finds a package that one in the folder `from` asks for. */
function placeOf(from: string, name: string): string | undefined {
  for (let at: string | undefined = from; at !== undefined; ) {
    const place: string = `${at && `${at}/`}node_modules/${name}`
    if (packages[place]) return place
    const above: number = at.lastIndexOf('/node_modules/')
    at = at === '' ? undefined : at.slice(0, Math.max(above, 0))
  }
  return undefined
}

/** Of each folder, the direct packages that bring it in. */
export function broughtBy(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const name of Object.keys(direct)) {
    const waiting = [placeOf('', name)]
    const seen = new Set<string>()
    for (let place = waiting.pop(); waiting.length || place; place = waiting.pop()) {
      if (!place || seen.has(place)) continue
      seen.add(place)
      found.set(place, [...(found.get(place) ?? []), name])
      const { dependencies, optionalDependencies, peerDependencies } = packages[place] as Locked
      for (const asked of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
        waiting.push(placeOf(place, asked))
    }
  }
  return found
}
