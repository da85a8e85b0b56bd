/** On PostgreSQL an index of a large table needs a step of its own: in a transaction nobody would write the table meanwhile. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compatibleLine } from './compatible.ts'
import { isLarge } from './lint/cost.ts'
import { breakpoint, newestEntry, statementsIn, writeWayBack } from './mend-step.ts'

const made = /^CREATE TABLE "(\w+)"/
const index = /^CREATE INDEX "(\w+)" ON "(\w+)"/
const beside = (statement: string) => statement.replace(/^CREATE INDEX /, 'CREATE INDEX CONCURRENTLY ')
const head = `${compatibleLine}\n-- no-transaction\n`
const own = (parent: string) => join(parent, 'postgresql')
const fileOf = (folder: string, tag: string) => join(folder, `${tag}.sql`)

function parted(step: string) {
  const [comments = ''] = /^(-- .*\n)*/.exec(step) ?? []
  const statements = statementsIn(step.slice(comments.length))
  const tables = statements.flatMap((statement) => made.exec(statement)?.[1] ?? [])
  const isMoved = (statement: string) => {
    const [, , table = ''] = index.exec(statement) ?? []
    return isLarge(table) && !tables.includes(table)
  }
  const [moved, left] = [statements.filter(isMoved), statements.filter((statement) => !isMoved(statement))]
  return { comments, moved, left }
}

/** Moves such indexes of the newest step into one more, which `begin` makes in both folders as `npm run db:generate -- --custom --name` does. */
export function moveLargeIndexes(parent: string, begin: (name: string) => void): void {
  const folder = own(parent)
  const entry = newestEntry(folder)
  const file = fileOf(folder, entry.tag)
  const { comments, moved, left } = parted(readFileSync(file, 'utf8'))
  const [first] = moved
  if (!first) return
  const text = head + moved.map(beside).join(`${breakpoint}\n`)
  if (!left.length) {
    writeFileSync(file, text)
    return
  }
  writeFileSync(file, comments + left.join(`${breakpoint}\n`))
  rmSync(join(folder, `${entry.tag}.down.sql`), { force: true })
  writeWayBack(parent, 'postgresql', entry)
  begin(index.exec(first)?.[1] ?? 'index')
  const next = newestEntry(folder)
  writeFileSync(fileOf(folder, next.tag), text)
  writeWayBack(parent, 'postgresql', next)
  const lite = join(parent, 'sqlite')
  writeFileSync(fileOf(lite, next.tag), `${compatibleLine}\n-- SQLite has made the index in the step before.\n`)
  writeFileSync(join(lite, `${next.tag}.down.sql`), '-- The step before takes the index back.\n')
}
