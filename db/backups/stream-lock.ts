/** Of all processes that have a SQLite register open, one stores what changes. The lock ends with its process, however that ends. */
import { sqliteFile } from '../dialect.ts'
import { isBusy } from '../errors.ts'
import { realPath } from '../sqlite-access.ts'
import { Sqlite } from '../sqlite-driver.ts'
import { makePrivately } from '../sqlite-file.ts'

/** Undefined where another process has it. Call the answer to give it back. */
export function takeStreamLock(): (() => void) | undefined {
  const file = `${realPath(sqliteFile)}.stream`
  makePrivately(file)
  const client = new Sqlite(file, { timeout: 0 })
  try {
    client.exec('begin exclusive')
    return () => void client.close()
  } catch (error) {
    client.close()
    if (isBusy(error)) return undefined
    throw error
  }
}
