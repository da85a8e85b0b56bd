/** Backups while three processes save 300 records a second: whatever was saved before one began is in it. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Sqlite } from '../../db/sqlite-driver.ts'
import { endWithUs } from '../setup/end-with-us.ts'
import { db, makeSchool } from '../setup/people.ts'
import { homeroom, temporaryFolder } from '../setup/server.ts'

const folder = temporaryFolder()
const saved = new Set<string>()
const writers: ChildProcess[] = []

async function startWriter(name: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'backup-writer.ts'), name, '100'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    },
  )
  endWithUs(child)
  writers.push(child)
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => saved.add(line))
  await new Promise((resolve) => lines.once('line', resolve))
}

beforeAll(async () => {
  await makeSchool('Busy')
  await db.close()
  for (const name of ['a', 'b', 'c']) await startWriter(name)
})
afterAll(async () => {
  for (const child of writers) child.kill('SIGTERM')
  await Promise.all(writers.map((child) => new Promise((resolve) => child.once('exit', resolve))))
  folder.done()
})

function namesIn(file: string): Set<string> {
  const client = new Sqlite(file, { readonly: true })
  try {
    return new Set(client.prepare('select family_name from students').pluck().all() as string[])
  } finally {
    client.close()
  }
}

test('of twenty backups under 300 writes a second, each is verified and lacks nothing that was saved before it began', async () => {
  const sizes: number[] = []
  for (let n = 0; n < 20; n++) {
    const before = [...saved]
    const made = await homeroom(['backup', 'create', '--json', '--folder', folder.path])
    expect(made.code, made.output).toBe(0)
    const { place, manifest } = JSON.parse(made.said)
    expect(manifest.verifiedAt).not.toBeNull()
    const held = namesIn(join(place, 'homeroom.db'))
    expect(before.filter((name) => !held.has(name))).toEqual([])
    sizes.push(held.size)
  }
  expect(sizes.at(-1)).toBeGreaterThan(sizes[0] ?? 0)
  console.log(`${saved.size} records saved; the copies held ${sizes.join(', ')}`)
})
