/** A column that must be filled comes empty, is filled by a value that a person writes, and is then required: on both databases. */

const addition =
  /^ALTER TABLE ([`"])(\w+)\1 ADD (?:COLUMN )?[`"](\w+)[`"] ((?:(?! DEFAULT | PRIMARY KEY| GENERATED ).)*?) NOT NULL;$/

export const toEdit = 'EDIT_ME'

export const mendedRequired = (statements: readonly string[]): string[] =>
  statements.flatMap((statement) => {
    const [found, quote = '', tableName = '', columnName = '', type] = addition.exec(statement) ?? []
    if (!found) return [statement]
    const [table, column] = [tableName, columnName].map((name) => quote + name + quote)
    return [
      `ALTER TABLE ${table} ADD COLUMN ${column} ${type};`,
      `UPDATE ${table} SET ${column} = ${toEdit} WHERE ${column} IS NULL;`,
      `ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL;`,
    ]
  })
