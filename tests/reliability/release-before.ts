/** The version before the newest migration, built from the repository's history: what serves beside ours in a deploy. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appFolder, root } from './app.ts'

const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** The newest tag of a release, as `v0.2.0`, before this commit. */
export function releaseTag(): string | undefined {
  try {
    return git('describe', '--tags', '--match', 'v*', '--abbrev=0', 'HEAD~1')
  } catch {
    return undefined
  }
}

interface Migrations {
  entries: { tag: string }[]
}
const candidates = 8
/**
 * From the parent of the commit that brought the newest migration backwards; from HEAD while that one is not committed yet.
 * Several, because a commit in the middle of a larger change may not serve.
 */
export function commitsBefore(): string[] {
  const journal: Migrations = JSON.parse(readFileSync(join(root, 'drizzle/sqlite/meta/_journal.json'), 'utf8'))
  const newest = `drizzle/sqlite/${journal.entries.at(-1)?.tag}.sql`
  try {
    const made = git('log', '--diff-filter=A', '--format=%H', '--', newest).split('\n').at(-1)
    return git('log', `-${candidates}`, '--format=%H', made ? `${made}~1` : 'HEAD').split('\n')
  } catch {
    throw new Error('the history is not here: git fetch --unshallow')
  }
}

const read = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'))

/** Whether our packages are those that it was made with. */
function hasItsPackages(folder: string): boolean {
  const { dependencies, devDependencies } = read(folder, 'package.json')
  return Object.entries({ ...dependencies, ...devDependencies }).every(([name, version]) => {
    const own = join(root, 'node_modules', name, 'package.json')
    return existsSync(own) && read(own).version === version
  })
}

const folders = new Set<string>()
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
/** A folder of the system's for temporary files, gone when this process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-release-'))
  folders.add(folder)
  return folder
}

/** Answers a folder: the commit's sources, its packages, and what was built. Throws where it does not build. */
export function built(commit: string): string {
  const folder = scratchFolder()
  const sources = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 1024 ** 3 })
  execFileSync('tar', ['-x', '-C', folder], { input: sources })
  if (hasItsPackages(folder)) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  else execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' })
  execFileSync(process.execPath, ['server/cli/build.mjs'], { cwd: folder, stdio: 'pipe' })
  return folder
}

/** A copy of `release` in which these folders of ours stand in place of its own. It is not built again. */
export function mixed(release: string, ours: readonly string[]): string {
  const folder = scratchFolder()
  cpSync(release, folder, { recursive: true, filter: (file) => file !== join(release, 'node_modules') })
  symlinkSync(join(release, 'node_modules'), join(folder, 'node_modules'))
  for (const part of ours) {
    const from = /^(dist|drizzle)/.test(part) ? appFolder() : root
    rmSync(join(folder, part), { recursive: true, force: true })
    cpSync(join(from, part), join(folder, part), { recursive: true })
  }
  return folder
}
