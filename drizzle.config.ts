import { execFileSync } from 'node:child_process'
import { defineConfig } from 'drizzle-kit'
import { directUrl, isPostgres, sqliteFile } from './db/dialect.ts'
import { commandOf, refusalOf, warningOf } from './db/kit-command.ts'
import { lintLater, mendWhatIsNew } from './db/mend-step.ts'
import { answerRenames, renameVariable } from './db/rename-answers.ts'

const command = commandOf(process.argv.slice(2))

// drizzle-kit's own migrator deletes child rows when it rebuilds a SQLite table, takes no lock on PostgreSQL, and knows neither
// another schema nor every form of an address. Ours applies everything and writes the same ledger, so this ends here.
if (command === 'migrate') {
  try {
    execFileSync(process.execPath, ['--import', 'tsx', 'db/migrate-command.ts'], { stdio: 'inherit' })
    process.exit(0)
  } catch {
    process.exit(1)
  }
}

const refusal = refusalOf(command)
if (refusal) {
  console.error(refusal)
  process.exit(1)
}
const warning = warningOf(command)
if (warning) console.error(warning)

if (command === 'generate') {
  mendWhatIsNew('./drizzle', isPostgres ? 'postgresql' : 'sqlite', !process.env[lintLater])
  const answers = process.env[renameVariable]
  const isAtTerminal = process.stdin.isTTY && process.stdout.isTTY
  if (answers || !isAtTerminal) answerRenames(answers?.split(',') ?? [])
}

export default isPostgres
  ? defineConfig({
      dialect: 'postgresql',
      schema: './db/schema/index.ts',
      out: './drizzle/postgresql',
      dbCredentials: { url: directUrl },
    })
  : defineConfig({
      dialect: 'sqlite',
      schema: './db/schema/index.ts',
      out: './drizzle/sqlite',
      dbCredentials: { url: sqliteFile },
    })
