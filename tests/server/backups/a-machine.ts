/** Machines on which a backup is restored: each has a folder of its own, with or without a register of another day. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Sqlite } from '../../../db/sqlite-driver.ts'
import { temporaryFolder } from '../../setup/server.ts'

export interface Machine {
  path: string
  file: string
  /** What lies in its folder. */
  all(): string[]
  /** Puts there what a server left that was killed: what it saved last is in the log alone. `from` is a backup's folder. */
  leaveRegister(from: string): void
}

let count = 0
export function newMachine(folder: string): Machine {
  const path = join(folder, `machine-${++count}`)
  mkdirSync(path)
  const file = join(path, 'homeroom.db')
  return {
    path,
    file,
    all: () => readdirSync(path).sort(),
    leaveRegister(from) {
      copyFileSync(join(from, 'homeroom.db'), `${file}.whole`)
      const client = new Sqlite(`${file}.whole`)
      client.pragma('journal_mode = WAL')
      client.pragma('wal_autocheckpoint = 0')
      client.exec("update students set given_name = 'Later'")
      for (const end of ['', '-wal']) copyFileSync(`${file}.whole${end}`, `${file}${end}`)
      client.close()
    },
  }
}

/** At a copy: looking at the file itself would leave a log beside it. */
export function look(path: string, text: string): unknown[] {
  const own = temporaryFolder()
  for (const end of ['', '-wal'])
    if (existsSync(path + end)) copyFileSync(path + end, join(own.path, `looked-at${end}`))
  const client = new Sqlite(join(own.path, 'looked-at'))
  try {
    return client.prepare(text).pluck().all()
  } finally {
    client.close()
    own.done()
  }
}

export const namesIn = (path: string) => look(path, 'select given_name from students order by given_name')
