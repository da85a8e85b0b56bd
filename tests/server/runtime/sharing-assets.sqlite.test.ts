import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { shareAssets } from '../../../server/runtime/sharing-assets.ts'
import { db } from '../../setup/people.ts'
import { serve, temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
const now = new Date('2026-09-01T08:00:00Z')
afterAll(async () => {
  await db.close()
  folder.done()
})

function version(name: string, ...files: string[]): string {
  const client = join(folder.path, name)
  mkdirSync(join(client, 'assets'), { recursive: true })
  for (const file of files) writeFileSync(join(client, 'assets', file), `${name} ${file}`)
  writeFileSync(join(client, 'index.html'), `<!doctype html><title>${name}</title>`)
  return client
}

test('a page of the new version gets its script from a server of the old one', async () => {
  const [old, fresh] = [version('old', 'main-1.js', 'same-1.js'), version('fresh', 'main-2.js', 'same-1.js')]
  const shared = join(folder.path, 'shared')
  const servers = await Promise.all(
    [old, fresh].map((clientFolder) => serve(db, { clientFolder, config: { assetsFolder: shared } })),
  )
  const [older = '', newer = ''] = servers.map(({ url }) => url)
  expect((await fetch(`${older}/assets/main-2.js`)).status).toBe(404)
  await shareAssets(old, shared, now)
  await shareAssets(fresh, shared, now)
  for (const url of [older, newer])
    for (const [file, text] of [
      ['main-1.js', 'old main-1.js'],
      ['main-2.js', 'fresh main-2.js'],
    ] as const) {
      const answer = await fetch(`${url}/assets/${file}`)
      expect(answer.headers.get('cache-control')).toContain('immutable')
      expect(await answer.text()).toBe(text)
    }
  expect((await fetch(`${older}/assets/main-3.js`)).status).toBe(404)
  expect(await (await fetch(older)).text(), 'each serves its own page').toContain('old')
  await Promise.all(servers.map((server) => server.close()))
})

test('a file that no version has put there for 90 days is removed, and none of those in use', async () => {
  const shared = join(folder.path, 'aged')
  const client = version('aging', 'main-5.js')
  mkdirSync(shared)
  const age = (file: string, days: number) => {
    writeFileSync(join(shared, file), file)
    const at = new Date(now.getTime() - days * 86_400_000)
    utimesSync(join(shared, file), at, at)
  }
  age('main-5.js', 200)
  age('older-1.js', 91)
  age('younger-1.js', 89)
  await shareAssets(client, shared, now)
  expect(readdirSync(shared).toSorted()).toEqual(['main-5.js', 'younger-1.js'])
  expect(readFileSync(join(shared, 'main-5.js'), 'utf8'), 'one name is one content').toBe('main-5.js')
  await shareAssets(client, shared, new Date(now.getTime() + 10 * 86_400_000))
  expect(readdirSync(shared)).toEqual(['main-5.js'])
})

test('a start that cannot copy throws, and leaves no half file', async () => {
  const client = version('torn', 'main-6.js')
  const shared = join(folder.path, 'file-in-the-way')
  writeFileSync(shared, '')
  await expect(shareAssets(client, shared, now)).rejects.toThrow()
})
