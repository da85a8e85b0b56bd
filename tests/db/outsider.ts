/** A connection past our own code: makes tables, watches, holds locks and cuts connections as another program would. */
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { Sqlite } from '../../db/sqlite-driver.ts'

export interface Outsider {
  rows<T>(statement: string): Promise<T[]>
  close(): Promise<void>
}

export const onPostgres = process.env.HOMEROOM_TEST_DATABASE === 'postgresql'

function besideSqlite(url: string): Outsider {
  const client = new Sqlite(url.replace(/^file:/, ''), { timeout: 2_000 })
  return {
    async rows<T>(statement: string) {
      const prepared = client.prepare(statement)
      if (prepared.reader) return prepared.all() as T[]
      prepared.run()
      return []
    },
    close: async () => void client.close(),
  }
}

function besidePostgres(url: string): Outsider {
  const client = postgres(url, { max: 1, prepare: false, fetch_types: false, onnotice() {} })
  return {
    rows: async <T>(statement: string) => [...(await client.unsafe(statement))] as T[],
    close: () => client.end({ timeout: 5 }),
  }
}

export const outsider = (url = process.env.DATABASE_DIRECT_URL ?? process.env.DATABASE_URL ?? ''): Outsider =>
  onPostgres ? besidePostgres(url) : besideSqlite(url)

/** Runs `check` again and again until it holds. */
export async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await check())) await sleep(10)
}

/** A promise that waits to be released. */
export function held() {
  let release = () => {}
  const promise = new Promise<void>((resolve) => {
    release = resolve
  })
  return { promise, release: () => release() }
}
