import { chownSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { swapFiles } from '../../../db/backups/swap-sqlite.ts'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { temporaryFolder } from '../../setup/server.ts'

test('where a file can have no second name the old register is copied, whole, before the new one takes its place', async () => {
  const own = temporaryFolder()
  const paths = ['homeroom.db', 'successor', 'kept'].map((name) => join(own.path, name))
  const [file, successor, kept] = paths as [string, string, string]
  const client = new Sqlite(file)
  client.exec("create table students (name text); insert into students values ('Ada')")
  client.close()
  writeFileSync(successor, 'new')
  const noLinks = () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })
  }
  expect(await swapFiles(successor, file, kept, noLinks)).toEqual({ kept })
  const old = new Sqlite(kept, { readonly: true })
  expect(old.prepare('select name from students').pluck().all()).toEqual(['Ada'])
  old.close()
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(readdirSync(own.path).sort()).toEqual(['homeroom.db', 'kept'])
  own.done()
})

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
