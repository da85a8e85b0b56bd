import type { Work } from './cost.ts'
import type { Statement, Step } from './step.ts'

/** What a rule's form has found in a statement. */
export interface Names {
  table: string
  column: string
  name: string
  to: string
  type: string
}

export interface Rule {
  name: string
  on: Step['dialect'] | 'both'
  /** Its named groups are `Names`. */
  form: RegExp
  /** When there is nothing to say after all. */
  unless?: (names: Names, step: Step, statement: Statement) => boolean
  what: (names: Names) => string
  /** Missing for a statement that takes no lock, or never gets that far. */
  lock?: keyof typeof locks.sqlite
  work?: Work | 'moment'
  /** Lines that tell, and show, what to write instead. */
  instead: (names: Names) => string[]
}

export const locks = {
  sqlite: {
    all: 'the write lock of the file: others read, nobody writes anywhere',
    writes: 'the write lock of the file: others read, nobody writes anywhere',
  },
  postgresql: {
    all: 'ACCESS EXCLUSIVE: nobody reads or writes the table',
    writes: 'SHARE: others read the table, nobody writes it',
  },
} as const

export const alter = (rest: string): RegExp =>
  new RegExp(`^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(?<table>\\w+) ${rest}`, 'i')

export const isNew = ({ table }: Names, { made }: Step): boolean => made.has(table)
