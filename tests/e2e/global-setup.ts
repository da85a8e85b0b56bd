/** Before the browser tests: the build, and the database that each server takes a copy of. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstDay } from './days.ts'

const root = join(import.meta.dirname, '../..')

const run = (url: string, ...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: root, env: { ...process.env, DATABASE_URL: url }, stdio: 'pipe' })

/** Migrates the database and brings the people of the tests into it. */
export function seed(url: string): void {
  run(url, '--import', 'tsx', 'db/migrate-command.ts')
  run(url, '--import', 'tsx', 'tests/e2e/seed.ts')
}

/** The built app, apart from the checkout: a build made while the tests run would take files away from under them. */
function copyApp(folder: string): void {
  mkdirSync(folder)
  for (const part of ['dist', 'drizzle', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
}

export default function globalSetup(): () => void {
  execFileSync(process.execPath, ['server/cli/bin.mjs', '--help'], { cwd: root, stdio: 'pipe' })
  process.env.HOMEROOM_BROWSER_DAY = firstDay
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-browser-'))
  copyApp(join(folder, 'app'))
  seed(`file:${join(folder, 'small.db')}`)
  process.env.HOMEROOM_BROWSER_TESTS = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
