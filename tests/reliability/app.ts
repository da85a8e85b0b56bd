/** The built app, apart from the checkout: a build made while the proofs run would take files away from under them. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

/** Builds where the sources have changed, and copies what was built. Answers the folder. */
export function copyApp(): string {
  execFileSync(process.execPath, ['server/cli/bin.mjs', '--help'], { cwd: root, stdio: 'pipe' })
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-app-'))
  mkdirSync(folder, { recursive: true })
  for (const part of ['dist', 'drizzle', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

let own: string | undefined
/** The copy that `main.ts` made for all proofs, or one for this process alone. */
export function appFolder(): string {
  own ??= process.env.HOMEROOM_RELIABILITY_APP
  if (!own || !existsSync(own)) {
    const made = copyApp()
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
    own = made
  }
  return own
}
export const appFile = (): string => join(appFolder(), 'dist/server/homeroom.js')
