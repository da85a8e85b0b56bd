/** A step over a register that has rooms and students, as the lint sees it. */
import type { Linted } from '../../../db/lint/lint.ts'
import { lint } from '../../../db/lint/lint.ts'
import type { Step } from '../../../db/lint/step.ts'
import { statementsOf, stepOf } from '../../../db/lint/step.ts'
import type { Snapshot, SnapshotTable } from '../../../db/snapshot.ts'
import { steps } from '../own-steps.ts'

const column = (name: string, notNull = false) => ({ name, type: 'text', notNull, primaryKey: false })
const table = (name: string, columns: string[]): SnapshotTable => ({
  name,
  columns: Object.fromEntries(columns.map((each) => [each, column(each)])),
  indexes: { [`${name}_name_ix`]: { name: `${name}_name_ix`, columns: ['name'], isUnique: false } },
  foreignKeys: {
    [`${name}_school_fk`]: {
      name: `${name}_school_fk`,
      tableTo: 'schools',
      columnsFrom: ['school_id'],
      columnsTo: ['id'],
    },
  },
  checkConstraints: {
    [`${name}_name_length`]: { name: `${name}_name_length`, value: `length("${name}"."name") <= 50` },
  },
  compositePrimaryKeys: {},
  uniqueConstraints: {},
})
export const register: Snapshot = {
  tables: {
    rooms: table('rooms', ['school_id', 'id', 'name', 'seats']),
    students: table('students', ['school_id', 'id', 'name', 'grade_level']),
  },
  _meta: { tables: {}, columns: {} },
}

/** The statements of a faultless rebuild of a table of the register. */
export function rebuild(
  name: 'rooms' | 'students',
  change: { [part in 'create' | 'fill' | 'rename' | 'index']?: string } = {},
): string[] {
  const columns = Object.keys(register.tables[name]?.columns ?? {})
    .map((each) => `"${each}"`)
    .join(', ')
  const {
    create = `CREATE TABLE \`__new_${name}\` (\n\t${columns},\n\tFOREIGN KEY (\`school_id\`) REFERENCES \`schools\`(\`id\`),\n\tCONSTRAINT "${name}_name_length" CHECK(length("__new_${name}"."name") <= 50)\n);`,
    fill = `INSERT INTO \`__new_${name}\`(${columns}) SELECT ${columns} FROM \`${name}\`;`,
    rename = `ALTER TABLE \`__new_${name}\` RENAME TO \`${name}\`;`,
    index = `CREATE INDEX \`${name}_name_ix\` ON \`${name}\` (\`name\`);`,
  } = change
  return [
    'PRAGMA foreign_keys=OFF;',
    create,
    fill,
    `DROP TABLE \`${name}\`;`,
    rename,
    'PRAGMA foreign_keys=ON;',
    index,
  ].filter(Boolean)
}

export function linted(
  dialect: Step['dialect'],
  statements: string | string[],
  head = '',
  earlier: string[] = [],
): Linted {
  const content = head + steps(...[statements].flat())
  const before = earlier.flatMap((each) => statementsOf(each).map(({ text }) => text))
  return lint(
    stepOf({ file: 'drizzle/0099_step.sql', dialect, content }, { earlier: before, before: register, after: register }),
  )
}

export const rulesIn = (...found: Parameters<typeof linted>): string[] =>
  linted(...found).findings.map(({ rule }) => rule)
