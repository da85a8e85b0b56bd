/** drizzle-kit's constraints scan the table under an exclusive lock. Here they come NOT VALID, and the runner validates later. */

import { mendedRequired } from './mend-required.ts'

const addition = /^ALTER TABLE "(\w+)" ADD CONSTRAINT "(\w+)" (?:CHECK|FOREIGN KEY) .*(?<! NOT VALID);$/s

export function mendedForPostgres(statements: readonly string[]): string[] {
  const made = statements.map((statement) => /^CREATE TABLE "(\w+)"/.exec(statement)?.[1])
  const validations: string[] = []
  const added = statements.map((statement) => {
    const [found, table = '', constraint] = addition.exec(statement) ?? []
    if (!found || made.includes(table)) return statement
    validations.push(`ALTER TABLE "${table}" VALIDATE CONSTRAINT "${constraint}";`)
    return statement.replace(/;$/, ' NOT VALID;')
  })
  return [...mendedRequired(added), ...validations]
}
