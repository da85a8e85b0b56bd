import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const migrations = join(root, 'drizzle')
export const client = join(root, 'dist/client')

export const entry = import.meta.url.endsWith('.ts')
  ? join(root, 'server/cli/homeroom.ts')
  : join(root, 'dist/server/homeroom.js')

/** An image holds only what was built. */
export const hasSources = (): boolean => existsSync(join(root, 'server/main.ts'))
