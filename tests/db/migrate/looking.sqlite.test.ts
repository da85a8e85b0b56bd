import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sqliteRunner } from '../../../db/migrate-sqlite.ts'
import { openSqlite } from '../../../db/sqlite.ts'
import { temporaryFolder } from '../../setup/server.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'homeroom.db')
})
afterEach(() => folder.done())

test('whoever only looks at a file that SQLite can not read is told which one', async () => {
  writeFileSync(file, 'no register at all'.repeat(100))
  const runner = sqliteRunner({ file, project: folder.path, isRelative: false })
  const named = `DATABASE_URL names ${file}: `
  await expect(runner.applied()).rejects.toThrow(named)
  await expect(runner.counts(['students'])).rejects.toThrow(named)
  await expect(openSqlite(file, { readonly: true })).rejects.toThrow(named)
})
