import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')

/** True for the first that asks. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}

/**
 * The file of the database with a school of 25,000 besides the small one. It costs as much as many tests, so the first
 * worker that wants it makes it, and another waits for it.
 */
export async function largeTemplate(folder: string): Promise<string> {
  const [file, part, failed] = ['large.db', 'large/part.db', 'large/failed'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  if (isFirst(join(folder, 'large'))) {
    copyFileSync(join(folder, 'small.db'), part)
    const env = { ...process.env, DATABASE_URL: `file:${part}` }
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'tests/e2e/seed-large.ts'], {
      cwd: root,
      env,
    }).catch((error: Error) => {
      writeFileSync(failed, error.message)
      throw error
    })
    renameSync(part, file)
  }
  while (!existsSync(file)) {
    if (existsSync(failed)) throw new Error('the large school could not be made')
    await sleep(50)
  }
  return file
}
