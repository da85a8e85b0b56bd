/** Each server/cli/<name>.ts exports `command`, made by `defineCommand`. Exit codes: 0 done, 1 failed, 2 used wrongly. */
import type { parseArgs } from 'node:util'

interface Option {
  type: 'string' | 'boolean'
  short?: string
  multiple?: boolean
  default?: string | boolean
  help: string
}
export type Options = Record<string, Option>

export type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; strict: true; allowPositionals: true }>
>['values']

export interface Command<O extends Options = Options> {
  summary: string
  usage: string
  options: O
  positionals?: number
  /** Returns 1 after it has printed what failed. Throws `CommandError` or `UsageError`. */
  run(values: Values<O>, positionals: string[]): Promise<number> | Promise<void>
}

export const defineCommand = <const O extends Options>(command: Command<O>): Command<O> => command

export class CommandError extends Error {
  override name = 'CommandError'
}

export class UsageError extends Error {
  override name = 'UsageError'
}
