/** The contract of screens that is committed, a file per feature, and that of another commit. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiDocument } from './api.ts'
import { readAnswer, written } from './notation.ts'
import type { RouterContract } from './router.ts'

const root = join(import.meta.dirname, '../..')
const folder = 'tests/contract/promised'
const documentFile = 'docs/openapi.json'

export interface Contract {
  api: ApiDocument
  router: RouterContract
}

const featureOf = (path: string) => path.split('.')[0] ?? ''

type Written = Record<string, { answer?: Parameters<typeof readAnswer>[0] }>
const readFeature = (text: string): RouterContract =>
  Object.fromEntries(
    Object.entries(JSON.parse(text) as Written).map(([path, { answer, ...rest }]) => [
      path,
      { ...rest, ...(answer !== undefined && { answer: readAnswer(answer) }) } as RouterContract[string],
    ]),
  )
const writtenFeature = (own: [string, RouterContract[string]][]) =>
  Object.fromEntries(
    own.map(([path, { answer, ...rest }]) => [path, { ...rest, ...(answer && { answer: written(answer) }) }]),
  )

let committed: RouterContract | undefined
export function promisedRouter(): RouterContract {
  if (committed) return committed
  const files = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []
  committed = Object.assign({}, ...files.map((file) => readFeature(readFileSync(join(root, folder, file), 'utf8'))))
  return committed as RouterContract
}
export const promisedApi = (): ApiDocument => JSON.parse(readFileSync(join(root, documentFile), 'utf8'))
export const documentText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

/** On one line what fits there, so that a change shows as a line. */
function printed(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value)
  const isWords = Array.isArray(value) && value.every((one) => typeof one === 'string')
  if (typeof value !== 'object' || value === null || isWords || flat.length + indent.length < 110) return flat
  const deeper = `${indent} `
  const parts = Array.isArray(value)
    ? value.map((one) => printed(one, deeper))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${printed(one, deeper)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${parts.map((part) => deeper + part).join(',\n')}\n${indent}${close}`
}

export function writePromised({ api, router }: Contract): void {
  writeFileSync(join(root, documentFile), documentText(api))
  rmSync(join(root, folder), { recursive: true, force: true })
  mkdirSync(join(root, folder))
  const inOrder = Object.entries(router).toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const feature of new Set(inOrder.map(([path]) => featureOf(path)))) {
    const own = inOrder.filter(([path]) => featureOf(path) === feature)
    const text = `${printed(writtenFeature(own))}\n`
    writeFileSync(join(root, folder, `${feature}.json`), text)
  }
  committed = undefined
}

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000, stdio: ['ignore', 'pipe', 'pipe'] })

/** The newest release that this version comes after. */
export function lastRelease(): string | undefined {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*').trim()
  } catch {
    return undefined
  }
}

/** A commit from before the contract was committed has none. */
export function contractAt(ref: string): Contract {
  const read = (file: string) => git('show', `${ref}:${file}`)
  const files = git('ls-tree', '--name-only', ref, `${folder}/`).split('\n').filter(Boolean)
  return {
    api: JSON.parse(read(documentFile)),
    router: Object.assign({}, ...files.map((file) => readFeature(read(file)))),
  }
}
/** In UTC, as `YYYY-MM-DD`. */
export const dateOfCommit = (): string => git('log', '-1', '--format=%cs').trim()
