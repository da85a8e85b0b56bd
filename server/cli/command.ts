/**
 * What a command of `npx homeroom` is. `server/cli/<name>.ts` exports one as `command`:
 *
 *   export const command = defineCommand({
 *     summary: 'what it does, in one line',
 *     usage: 'import <folder or zip> [options]',
 *     options: { 'dry-run': { type: 'boolean', help: 'say what would change, and change nothing' } },
 *     positionals: 1,
 *     async run(values, [path = '']) { await withDatabase(async (db) => …) },
 *   })
 *
 * The dispatcher (homeroom.ts) parses, answers `--help` and turns failures into one line and an exit code:
 * 0 done, 1 failed, 2 used wrongly. `withDatabase` is in database.ts.
 */
import type { parseArgs } from 'node:util'

interface Option {
  type: 'string' | 'boolean'
  short?: string
  multiple?: boolean
  default?: string | boolean
  /** Its line in `--help`. */
  help: string
}
export type Options = Record<string, Option>

/** What was given, by the names of the options: a string, true, or undefined when not given. */
export type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; strict: true; allowPositionals: true }>
>['values']

export interface Command<O extends Options = Options> {
  summary: string
  /** What follows `npx homeroom`. */
  usage: string
  options: O
  /** How many arguments without a name it takes at most; more is a wrong use. None unless told. */
  positionals?: number
  /** Resolves when done; answers 1 when it has already said what failed. Throws `CommandError` or `UsageError`. */
  run(values: Values<O>, positionals: string[]): Promise<number> | Promise<void>
}

/** Types the values that `run` gets by the options. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command<O> => command

/** Exit code 1. The message says what happened and what to do. */
export class CommandError extends Error {
  override name = 'CommandError'
}

/** Exit code 2: the command was used wrongly. Its usage is printed below the message. */
export class UsageError extends Error {
  override name = 'UsageError'
}
