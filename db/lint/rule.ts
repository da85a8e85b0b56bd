import type { Work } from './cost.ts'
import type { Statement, Step } from './step.ts'

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
  form: RegExp
  unless?: (names: Names, step: Step, statement: Statement) => boolean
  what: (names: Names) => string
  lock?: keyof typeof locks.sqlite
  work?: Work | 'moment'
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
