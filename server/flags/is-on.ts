import type { Flags } from './registry.ts'
import { flags } from './registry.ts'

/** A job or the command line has no person to ask for: it is served the default. */
export const isOn = (ctx: { flags?: Flags | undefined }, key: keyof Flags): boolean =>
  ctx.flags?.[key] ?? flags[key].default
