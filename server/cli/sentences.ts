/** This file imports nothing of ours, so that it also works when an import has failed. */

const spoken = new Set([
  'BackupError',
  'Error',
  'CommandError',
  'ConfigError',
  'MigrationError',
  'MoveError',
  'StoppedError',
  'SchoolFilesError',
  'UnavailableError',
  'UnfitError',
  'UsageError',
])

const domainSentences: Record<string, string> = {
  'database.full': 'The disk of the database is full. Nothing was changed: make room, then run this again',
  'database.read_only': 'The database takes no changes at the moment. Nothing was changed: run this again when it does',
  'database.unavailable': 'The database does not answer. Nothing was changed: run this again when it does',
  'database.unsure': 'The database went away while this was saved. Look whether it was before you run this again',
  'email.taken': 'Somebody has this e-mail address already: use another one',
  'flag.not_so_fine':
    'This flag has one answer for a whole school, or for the register: rules for people, or for a part, do not fit it',
  'flag.stale': 'Somebody else changed this flag meanwhile. Nothing was changed: run this again',
  'owner.last': 'Nobody else who can sign in owns the register: make somebody else an owner first',
  'school.source_taken':
    'Another school comes from this source under the same id already. Nothing was changed: take another source',
  'password.common': 'This password is one of the first that are guessed: take one nobody else would think of',
}

interface Failure {
  name?: string
  message?: string
  stack?: string
  reason?: string
}

export function sentenceOf(error: unknown): string {
  const { name = '', message = '', stack, reason } = error as Failure
  if (name === 'DomainError') return domainSentences[reason ?? ''] ?? `Refused: ${reason}`
  if (name === 'SqliteError') return `SQLite can't use the file that DATABASE_URL names: ${message}`
  if (name === 'PostgresError')
    return `PostgreSQL refuses: ${message}. Check the address of the database that was named`
  return spoken.has(name) ? message : (stack ?? String(error))
}
