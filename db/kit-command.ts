const refusals: Record<string, string> = {
  push: 'drizzle-kit push would drop what migrations keep, the ledger first. Say npm run db:generate -- --name <what-changed>, then npx drizzle-kit migrate',
  drop: 'drizzle-kit drop takes a step from one database of the two, and may take one that is applied somewhere. A step that is not committed yet goes with git: git restore drizzle && git clean -f drizzle',
  pull: 'drizzle-kit pull would write a second schema over drizzle/, without what db/schema says of both databases. The schema is db/schema; npx homeroom migrate status says what the database has of it',
}

const warnings: Record<string, string> = {
  studio:
    'drizzle-kit studio writes past the journal, the locks and the versions of records: what you change there nobody can undo or see in the history. Look, and change nothing; or look at a copy',
}

/** drizzle-kit skips an option and its value, as in `--config other.ts push`, and takes the first word that is left. */
export function commandOf(args: readonly string[]): string | undefined {
  const isValue = (index: number) => /^-[^=]*$/.test(args[index - 1] ?? '')
  const command = args.find((arg, index) => !arg.startsWith('-') && !isValue(index))
  return command === 'introspect' ? 'pull' : command
}

export const refusalOf = (command = ''): string | undefined => refusals[command]
export const warningOf = (command = ''): string | undefined => warnings[command]
