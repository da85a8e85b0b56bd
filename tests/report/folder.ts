/** The reports of one commit: what its runs left in a folder, and in the folders of their artifacts. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Reached } from './coverage.ts'
import { reachedIn } from './coverage.ts'
import type { Suite } from './results.ts'
import { suitesOf } from './results.ts'

export interface Reports {
  suites: Suite[]
  reached: Reached
  /** As they were read: `sizes.json`, `image.json`. */
  sizes: unknown
  image: unknown
}

/** In bytes. A larger file is no report of ours. */
const most = 64 * 1024 ** 2

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Nothing is in it where no part of the check has run. */
export function reportsIn(folder: string): Reports {
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .filter((file) => statSync(file).size <= most)
    : []
  const named = (name: string) => files.filter((file) => basename(file) === name)
  const first = (name: string) => named(name).map(jsonOf)[0]
  const reports = files.filter((file) => /\.node\d+\.json$/.test(file))
  return {
    suites: suitesOf(reports.map((file) => ({ name: basename(file), json: jsonOf(file) }))),
    reached: reachedIn(named('lcov.info').map((file) => readFileSync(file, 'utf8'))),
    sizes: first('sizes.json'),
    image: first('image.json'),
  }
}
