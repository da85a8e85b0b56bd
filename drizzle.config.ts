import { execFileSync } from 'node:child_process'
import { defineConfig } from 'drizzle-kit'
import { directUrl, isPostgres, sqliteFile } from './db/dialect.ts'
import { mendWhatIsNew } from './db/mend-step.ts'
import { answerRenames, renameVariable } from './db/rename-answers.ts'

// drizzle-kit's own migrator deletes child rows when it rebuilds a SQLite table, takes no lock on PostgreSQL, and knows neither
// another schema nor every form of an address. Ours applies everything and writes the same ledger, so this ends here.
if (process.argv[2] === 'migrate') {
  try {
    execFileSync(process.execPath, ['--import', 'tsx', 'db/migrate-command.ts'], { stdio: 'inherit' })
    process.exit(0)
  } catch {
    process.exit(1)
  }
}

// It drops every table that is not in its schema, which our ledger of migrations is not, and remakes what only our steps make.
if (process.argv[2] === 'push') {
  console.error(
    'drizzle-kit push would drop what migrations keep. Say npm run db:generate -- --name <name>, then npx drizzle-kit migrate',
  )
  process.exit(1)
}

if (process.argv[2] === 'generate') {
  mendWhatIsNew('./drizzle', isPostgres ? 'postgresql' : 'sqlite')
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
