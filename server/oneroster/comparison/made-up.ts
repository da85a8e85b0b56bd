/** The standard requires values that a record may not have, so our own export makes them. They are not stored when they come back. */
import type { Stored } from './known.ts'

const fields: Record<string, (base: Stored) => unknown> = {
  code: ({ id }) => id,
  schoolYear: ({ endDate }) => Number(String(endDate).slice(0, 4)),
}
const columns: Record<string, (base: Stored) => readonly unknown[]> = {
  classType: () => ['scheduled'],
  enabledUser: () => ['true'],
  username: ({ email, id, sourcedId }) => [email, sourcedId ?? id],
}

const extraWithout = ({ extra = {}, ...base }: Stored, told: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(told).filter(([name, value]) => name in extra || !columns[name]?.(base).includes(value)),
  )

/** A record made here is named by its own id, and keeps what it has besides its fields. */
export function withoutMadeUp(base: Stored, told: Stored): Stored {
  if (told.extra === undefined) return told
  const { id, sourcedId, extra = {} } = base
  if (sourcedId !== null || told.sourcedId !== id) return { ...told, extra: extraWithout(base, told.extra) }
  const made = Object.keys(fields).filter((name) => base[name] === null && told[name] === fields[name]?.(base))
  return { ...told, sourcedId, extra, ...Object.fromEntries(made.map((name) => [name, null])) }
}
