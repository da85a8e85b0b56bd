/**
 * What drizzle-kit writes for PostgreSQL, without scans under an exclusive lock: a constraint of a table that may hold rows
 * is added without looking at them, and the runner validates it afterwards, in a transaction of its own.
 */

const addition = /^ALTER TABLE "(\w+)" ADD CONSTRAINT "(\w+)" (?:CHECK|FOREIGN KEY) .*(?<! NOT VALID);$/s

/** The statements of a step as they should be. What is as it should be stays as it is. */
export function mendedForPostgres(statements: readonly string[]): string[] {
  const made = statements.map((statement) => /^CREATE TABLE "(\w+)"/.exec(statement)?.[1])
  const validations: string[] = []
  const added = statements.map((statement) => {
    const [found, table = '', constraint] = addition.exec(statement) ?? []
    if (!found || made.includes(table)) return statement
    validations.push(`ALTER TABLE "${table}" VALIDATE CONSTRAINT "${constraint}";`)
    return statement.replace(/;$/, ' NOT VALID;')
  })
  return [...added, ...validations]
}
