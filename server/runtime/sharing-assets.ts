import { copyFile, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

const day = 86_400_000

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

/** A reader never meets half a file. */
async function put(from: string, to: string, name: string): Promise<void> {
  const half = join(to, `.${process.pid}-${name}`)
  try {
    await copyFile(join(from, name), half)
    await rename(half, join(to, name))
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined)
    throw error
  }
}

async function removeOld(folder: string, kept: ReadonlySet<string>, now: Date, days: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    const file = join(folder, name)
    const found = kept.has(name) ? undefined : await stat(file).catch(() => undefined)
    if (found && now.getTime() - found.mtimeMs > days * day) await rm(file, { force: true })
  }
}

/**
 * Puts the screens' files of this version where servers of other versions find them, and removes what no version has put there
 * for 90 days. Their names hold a hash, so one name is one content.
 */
export async function shareAssets(clientFolder: string, shared: string, now: Date): Promise<void> {
  const own = join(clientFolder, 'assets')
  await mkdir(shared, { recursive: true })
  const there = new Set(await namesIn(shared))
  const names = await readdir(own)
  for (const name of names)
    if (there.has(name)) await utimes(join(shared, name), now, now)
    else await put(own, shared, name)
  await removeOld(shared, new Set(names), now, 90)
}
