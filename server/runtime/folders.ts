/** Where the parts of this installation lie: as source (server/runtime/) and as built (dist/server/), two folders down. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../../', import.meta.url))
/** The one that holds `sqlite/` and `postgresql/`. */
export const migrations = join(root, 'drizzle')
/** The built screens. */
export const client = join(root, 'dist/client')

/** The command line as a program to run: from the sources while they are what runs. */
export const entry = import.meta.url.endsWith('.ts')
  ? join(root, 'server/cli/homeroom.ts')
  : join(root, 'dist/server/homeroom.js')

/** Whether the sources are here, as in a checkout; an image holds only what was built. */
export const hasSources = (): boolean => existsSync(join(root, 'server/main.ts'))
