import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** In bytes, whatever a disk's own blocks are. */
const block = 512

/** What a package itself takes on the disk, in bytes, without those that lie in it. Undefined where it is not installed here. */
export function sizeOf(folder: string): number | undefined {
  if (!existsSync(folder)) return undefined
  let sum = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) sum += sizeOf(path) ?? 0
    else if (entry.isFile()) sum += statSync(path).blocks * block
  }
  return sum
}
