/** A move begins in a process that serves a SQLite file: imported before anything of ours, this makes the test's process one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'homeroom-test-'))
export const file = join(folder, 'homeroom.db')
export const removeFolder = (): void => rmSync(folder, { recursive: true, force: true })
process.env.DATABASE_URL = `file:${file}`
delete process.env.DATABASE_DIRECT_URL
