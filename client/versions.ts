/** Which of two versions of Homeroom is the newer, as their builds name themselves: server/cli/build.mjs. */
// The first ones did not say when they were made: they are older than those that do.
const form = /^(\d+)\.(\d+)\.(\d+)\+(?:(\d{14})\.)?[0-9a-f]{8}$/

const partsOf = (version: string) =>
  form
    .exec(version)
    ?.slice(1)
    .map((part = '0') => Number(part))

/** False for names that say nothing about their age, such as a development server's. */
export function isNewer(one: string, other: string): boolean {
  const [ours, theirs] = [partsOf(one), partsOf(other)]
  const at = ours?.findIndex((part, index) => part !== theirs?.[index]) ?? -1
  return at >= 0 && theirs !== undefined && (ours?.[at] ?? 0) > (theirs[at] ?? 0)
}
