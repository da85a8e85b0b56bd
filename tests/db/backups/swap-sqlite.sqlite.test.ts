import { chownSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { swapFiles } from '../../../db/backups/swap-sqlite.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { temporaryFolder } from '../../setup/server.ts'

test('a register that root restores belongs to the account of the one before', async () => {
  const own = temporaryFolder()
  const [file, successor, kept] = ['homeroom.db', 'successor', 'kept'].map((name) => join(own.path, name)) as [
    string,
    string,
    string,
  ]
  const client = new Sqlite(file)
  client.exec('create table students (name text)')
  client.close()
  writeFileSync(successor, 'new')
  const owner = process.getuid?.() === 0 ? 65_534 : process.getuid?.()
  if (owner === 65_534) chownSync(file, owner, owner)
  expect(await swapFiles(successor, file, kept)).toEqual({ kept })
  expect([statSync(file).uid, statSync(kept).uid]).toEqual([owner, owner])
  own.done()
})
