/** What two commits hold. Files are read as git keeps them, so that nothing of a stranger's commit is run or followed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const most = 256 * 1024 ** 2

export const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: most, stdio: ['ignore', 'pipe', 'pipe'] })

/** Throws when there is no such commit. */
export const commitOf = (name: string): string =>
  git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`).trim()

/** Where the two parted. */
export const parting = (one: string, other: string): string => git('merge-base', one, other).trim()

export const civilDateOf = (commit: string): string => git('log', '-1', '--format=%cs', commit).trim()

/** Undefined where the commit has no such file. */
export function fileOf(commit: string, path: string): string | undefined {
  const options = { cwd: root, encoding: 'utf8', maxBuffer: most } as const
  const { status, stdout } = spawnSync('git', ['show', `${commit}:${path}`], options)
  return status === 0 ? stdout : undefined
}

export const diffOf = (base: string, head: string, ...paths: string[]): string =>
  git('diff', '-U0', '--no-color', '--no-ext-diff', '--src-prefix=a/', '--dst-prefix=b/', base, head, '--', ...paths)

/** With the letter of what became of each: A, M, D. */
export const changedFiles = (base: string, head: string, ...paths: string[]): { became: string; path: string }[] =>
  git('diff', '--name-status', '--no-renames', '-z', base, head, '--', ...paths)
    .split('\0')
    .flatMap((word, index, words) => (index % 2 || !word ? [] : [{ became: word, path: words[index + 1] ?? '' }]))
