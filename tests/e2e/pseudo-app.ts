/** The app built once more, with a language in it that nobody speaks: client/messages/pseudo.ts. */
import { execFile } from 'node:child_process'
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '../setup/server.ts'
import { app } from './test.ts'

const root = join(import.meta.dirname, '../..')

/** A folder like that of the built app. */
export async function buildPseudoApp(): Promise<{ path: string; done(): void }> {
  const own = temporaryFolder()
  const client = join(own.path, 'dist/client')
  for (const part of ['dist/server', 'dist/stamp', 'drizzle', 'package.json'])
    cpSync(join(app, part), join(own.path, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(own.path, 'node_modules'))
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--mode', 'pseudo', '--outDir', client], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  return own
}
