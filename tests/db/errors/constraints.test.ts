import type { Column } from 'drizzle-orm'
import { and, eq } from 'drizzle-orm'
import { afterAll, expect, test } from 'vitest'
import type { Transaction } from '../../../db/database.ts'
import { noSchool } from '../../../db/database.ts'
import { ConstraintError } from '../../../db/errors.ts'
import { newId } from '../../../db/kit.ts'
import { open } from '../../../db/open.ts'
import type { ForeignKey, Row, Table } from '../any-row.ts'
import {
  addRow,
  addSchool,
  columnsOf,
  configOf,
  foreignKeysOf,
  freshValue,
  keyOf,
  schoolId,
  tables,
} from '../any-row.ts'

const db = await open()
afterAll(() => db.close())

/** What refused `work`, such as 'unique students_number_uq'. Nothing of it stays. */
async function refusal(work: (tx: Transaction) => Promise<unknown>): Promise<string> {
  const whole = db.transaction(noSchool, async (tx) => {
    await addSchool(tx)
    await work(tx)
    throw new Error('nothing refused it')
  })
  return whole.then(
    () => '',
    (error) => (error instanceof ConstraintError ? `${error.kind} ${error.constraint}` : String(error)),
  )
}

/** The cases whose refusal is not the expected one. */
async function surprises(cases: Case[]): Promise<string[]> {
  const found = []
  for (const { expected, work } of cases) {
    const got = await refusal(work)
    if (!expected.includes(got)) found.push(`${expected.join(' or ')}: ${got}`)
  }
  return found
}
interface Case {
  expected: string[]
  work(tx: Transaction): Promise<unknown>
}

const nullable = (table: Table, key: string) => !columnsOf(table).find(([k]) => k === key)?.[1].notNull
const named = (keys: ForeignKey[]) => keys.map(({ name }) => `foreign key ${name}`)
const allForeignKeys = tables.flatMap(foreignKeysOf)

test('a row that points nowhere is refused by the name of the reference, for every reference there is', async () => {
  const cases = allForeignKeys.map(({ name, table, keys, parent }): Case => {
    const broken = keys.find((key) => key !== 'schoolId') ?? 'schoolId'
    const nowhere = broken === 'schoolId' || broken === 'number' ? 999_999 : newId()
    // A school that isn't there breaks every reference of the row.
    const expected =
      broken === 'schoolId' ? foreignKeysOf(table).filter((key) => key.keys.every((k) => !nullable(table, k))) : []
    return {
      expected: [`foreign key ${name}`, ...named(expected)],
      work: async (tx) => {
        const others = broken === 'schoolId' ? await filled(tx, table) : {}
        await addRow(tx, table, { ...others, ...(parent === table && { id: newId() }), [broken]: nowhere })
      },
    }
  })
  expect(cases.length).toBeGreaterThan(30)
  expect(await surprises(cases)).toEqual([])
})

/** What the row needs to point to, there already. */
async function filled(tx: Transaction, table: Table): Promise<Row> {
  const { id: _, ...row } = await addRow(tx, table)
  const pointing = foreignKeysOf(table).flatMap(({ keys }) => keys)
  return Object.fromEntries(Object.entries(row).filter(([key]) => pointing.includes(key)))
}

test('a row that others point to cannot be deleted, for every reference there is', async () => {
  const cases = allForeignKeys.map(({ name, table, keys, parent, parentKeys }): Case => {
    const childrenOfSchools = allForeignKeys.filter((key) => configOf(key.parent).name === 'schools')
    const isSchool = configOf(parent).name === 'schools'
    return {
      expected: [`foreign key ${name}`, ...(isSchool ? named(childrenOfSchools) : [])],
      work: async (tx) => {
        const child = await addRow(tx, table, {}, [name])
        const columns = Object.fromEntries(columnsOf(parent))
        const same = parentKeys.map((key, index) => eq(columns[key] as Column, child[keys[index] ?? '']))
        await tx.delete(parent).where(and(...same))
      },
    }
  })
  expect(await surprises(cases)).toEqual([])
})

interface Unique {
  name: string
  table: Table
  keys: string[]
}
const uniques: Unique[] = tables.flatMap((table) => {
  const { name, primaryKeys, indexes, columns } = configOf(table)
  const keysOf = (of: readonly { name: string }[]) => of.map((column) => keyOf(table, column))
  return [
    ...columns.filter((c) => c.primary).map((c) => ({ name: `${name}_pkey`, table, keys: keysOf([c]) })),
    ...primaryKeys.map((key) => ({ name: key.getName(), table, keys: keysOf(key.columns) })),
    ...indexes
      .filter(({ config }) => config.unique)
      .map(({ config }) => ({ name: config.name ?? '', table, keys: keysOf(config.columns as Column[]) })),
  ]
})

/** Keys that hold for some rows only. */
const needs: Record<string, Row> = {
  class_instructors_primary_uq: { isPrimary: true },
  enrollments_waitlist_uq: { status: 'waitlisted' },
}

test('a second row with the same key is refused by the name of the key, for every unique key there is', async () => {
  const cases = uniques.map(({ name, table, keys }): Case => {
    const needed: Row = needs[name] ?? {}
    return {
      expected: [`unique ${name}`],
      work: async (tx) => {
        const open = keys.filter((key) => nullable(table, key))
        const pointing = foreignKeysOf(table).filter((fk) => fk.keys.some((key) => open.includes(key)))
        const set = open.filter((key) => !pointing.some((fk) => fk.keys.includes(key)))
        const given = { ...needed, ...Object.fromEntries(set.map((key) => [key, freshValue(table, key)])) }
        const row = await addRow(
          tx,
          table,
          given,
          pointing.map((fk) => fk.name),
        )
        await addRow(tx, table, { ...needed, ...Object.fromEntries(keys.map((key) => [key, row[key]])) })
      },
    }
  })
  expect(cases.length).toBeGreaterThan(40)
  expect(await surprises(cases)).toEqual([])
})

test('no two unique keys of a table have the same columns: SQLite tells the columns, not the key', () => {
  const seen = uniques.map(({ table, keys }) => `${configOf(table).name}: ${keys}`)
  expect(seen.filter((key, index) => seen.indexOf(key) !== index)).toEqual([])
})

test('a text that is too long, or a word that is not in the list, is refused by the name of the check, in every column', async () => {
  const cases = tables.flatMap((table) => {
    const { name, checks } = configOf(table)
    return columnsOf(table).flatMap(([key, column]): Case[] => {
      const has = (suffix: string) => checks.some((check) => check.name === `${name}_${column.name}_${suffix}`)
      const wrong = (suffix: string, value: unknown): Case[] =>
        has(suffix)
          ? [
              {
                // A column may have both: a word that is too long is none of the list either.
                expected: [suffix, 'known'].map((each) => `check ${name}_${column.name}_${each}`),
                work: (tx) => addRow(tx, table, { [key]: value }),
              },
            ]
          : []
      return [
        ...wrong('length', 'x'.repeat(key === 'content' ? 4_000_001 : 5_001)),
        ...wrong('known', key === 'weekday' ? 8 : 'unheard-of'),
      ]
    })
  })
  expect(cases.length).toBeGreaterThan(60)
  expect(await surprises(cases)).toEqual([])
})

/** SQLite makes a number of its own for a null. */
const isRowId = (column: Column) => column.primary && column.getSQLType() === 'integer'

test('a row without what it must have is refused by the name of the column, in every such column', async () => {
  const cases = tables.flatMap((table) => {
    const { name } = configOf(table)
    return columnsOf(table)
      .filter(([, column]) => column.notNull && !isRowId(column))
      .map(
        ([key, column]): Case => ({
          expected: [`not null ${name}.${column.name}`],
          work: async (tx) => addRow(tx, table, { ...(await filled(tx, table)), [key]: null }),
        }),
      )
  })
  expect(cases.length).toBeGreaterThan(100)
  expect(await surprises(cases)).toEqual([])
})

test('what the checks of the calendar and the timetable refuse is refused by their names', async () => {
  const table = (name: string) => tables.find((t) => configOf(t).name === name) as Table
  const check = (name: string, of: string, row: Row): Case => ({
    expected: [`check ${name}`],
    work: (tx) => addRow(tx, table(of), row),
  })
  const own = newId()
  const cases = [
    check('academic_sessions_dates_order', 'academic_sessions', { startDate: '2026-09-01', endDate: '2026-08-31' }),
    check('academic_sessions_parent_other', 'academic_sessions', { id: own, parentId: own }),
    check('users_email_lower', 'users', { email: 'A@school.example' }),
    check('rooms_seats_positive', 'rooms', { seats: -1 }),
    check('courses_credits_positive', 'courses', { credits: '-0.01' }),
    check('meetings_one_day', 'meetings', { weekday: 1, cycleDay: 1 }),
    check('meetings_weekday_known', 'meetings', { weekday: 8 }),
    check('meetings_times_order', 'meetings', { startTime: '10:00', endTime: '10:00' }),
    check('enrollments_dates_order', 'enrollments', { beginDate: '2026-02-01', endDate: '2026-01-31' }),
  ]
  expect(await surprises(cases)).toEqual([])
})

test('a row of one school cannot point to a row of another', async () => {
  const crossing = async (tx: Transaction) => {
    const { schools, students, programs } = await import('../../../db/schema/index.ts')
    await tx.insert(schools).values({ id: 8, name: 'Other', slug: 'other', timeZone: 'UTC', locale: 'en' })
    const program = await addRow(tx, programs as unknown as Table, { schoolId: 8 })
    await addRow(tx, students, { schoolId, programId: program.id })
  }
  expect(await refusal(crossing)).toBe('foreign key students_program_fk')
})
