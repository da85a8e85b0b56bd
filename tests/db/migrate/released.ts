/** The sources of the release before, and a register that they have filled. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { commitsBefore, releaseTag } from '../../reliability/release-before.ts'
import { isFull } from '../../thorough.ts'

/** The newest tag of a version that is not this commit's; without one, the commit before the newest step. Throws without history. */
const commitOfRelease = (): string => releaseTag() ?? commitsBefore()[0] ?? 'HEAD'

export interface Released {
  commit: string
  folder: string
  /** Makes a school on the empty database, by the release's own commands and tests. Answers what could not be made. */
  fill(url: string): string
  remove(): void
}

export function released(): Released {
  const commit = commitOfRelease()
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-released-'))
  execFileSync('tar', ['-x', '-C', folder], {
    input: execFileSync('git', ['archive', commit], { maxBuffer: 1024 ** 3 }),
  })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'dir')
  const run = (url: string, ...program: string[]) =>
    execFileSync(process.execPath, ['--import', 'tsx', ...program], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url },
    })
  return {
    commit,
    folder,
    fill(url) {
      // A row in each table is what the check can afford.
      if (isFull) run(url, 'server/cli/homeroom.ts', 'demo', '--students', '30')
      const program = 'tests/db/migrate/fill.ts'
      for (const file of [program, 'tests/db/any-row.ts']) copyFileSync(file, join(folder, file))
      return run(url, program)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
