import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

export interface SquawkFinding {
  file: string
  /** From 1. */
  line: number
  rule: string
  what: string
  help: string
}

/** Ours know the size of a table, what the runner sets, and what earlier steps have validated. */
const ours = [
  'adding-foreign-key-constraint',
  'adding-not-nullable-field',
  'ban-concurrent-index-creation-in-transaction',
  'constraint-missing-not-valid',
  'prefer-bigint-over-int',
  'prefer-robust-stmts',
  'require-concurrent-index-creation',
  'require-concurrent-index-deletion',
  'require-lock-timeout',
  'require-statement-timeout',
]

interface Reported {
  file: string
  /** From 0. */
  line: number
  rule_name: string
  message: string
  help: string | null
}

function program(): string | undefined {
  try {
    const { getBinaryPath } = createRequire(import.meta.url)('squawk-cli/js/index.js') as { getBinaryPath(): string }
    return getBinaryPath()
  } catch {
    return undefined
  }
}

/** Undefined where it is not installed. Files are paths from `cwd`. */
export function squawk(files: readonly string[], cwd: string): SquawkFinding[] | undefined {
  const found = program()
  if (!found) return undefined
  if (!files.length) return []
  const args = ['--pg-version', '13', '--reporter', 'json', '--exclude', ours.join(), ...files]
  const { stdout, stderr, error } = spawnSync(found, args, { cwd, encoding: 'utf8' })
  if (error || !stdout) throw new Error(`squawk failed: ${error?.message ?? stderr}`)
  return (JSON.parse(stdout) as Reported[]).map(({ file, line, rule_name, message, help }) => ({
    file,
    line: line + 1,
    rule: `squawk/${rule_name}`,
    what: message,
    help: help ?? '',
  }))
}
