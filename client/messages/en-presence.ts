/** Who else has a record open. */
import type { Formats } from './formats.ts'

export const presence = ({ list }: Formats) => ({
  viewing: (names: string[]) =>
    names.length === 1 ? `${names[0]} has this open too.` : `${list(names)} have this open too.`,
  editing: (names: string[]) =>
    names.length === 1 ? `${names[0]} is editing this now.` : `${list(names)} are editing this now.`,
})
