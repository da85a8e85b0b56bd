/** What every server of the browser tests has written into its log, and what must never stand there. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Running } from '../setup/server.ts'
import { ann, ben, ida, longName, nia, password, students, vic } from './people.ts'

/** Follows a server's log into the folder, as it comes: its test may end without a word. */
export function keepLog(folder: string, { child, output }: Running): void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${child.pid}-${Date.now()}.log`)
  appendFileSync(file, output())
  child.stdout?.on('data', (part: Buffer) => appendFileSync(file, part))
}

/** All that was logged: JSON lines, without what is said to the person who starts a server. */
export const keptLines = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{')),
  )

/** Names, passwords, addresses, numbers and birth dates that the tests type, show and search for all the time. */
export const marks: readonly (string | RegExp)[] = [
  password,
  longName,
  'onerror',
  ...[ann, ben, ida, vic, nia].map(({ name }) => name),
  ...students.flatMap(({ familyName, number }) => [familyName, number]),
  ...students.flatMap((student) => ('birthDate' in student && student.birthDate ? [student.birthDate] : [])),
  /[\w.+-]+@[\w-]+\.\w/,
]
