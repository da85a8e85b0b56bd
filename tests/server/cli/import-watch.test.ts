import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { changeState, makeOwnTables } from '../../../db/move/moved.ts'
import { inSource } from '../../../db/move/source.ts'
import { command } from '../../../server/cli/import.ts'
import { run } from '../../setup/server.ts'
import { watched } from '../imports/watched.ts'
import { folderOf, rowsIn, smallSchool } from '../oneroster/bundle.ts'

const manifest = (code: string) => `propertyName,value\nsource.systemCode,${code}\nfile.users,bulk\n`
const roster = (org: string) => smallSchool(org, { 'manifest.csv': manifest(org) })
const watch = (path: string, ...more: string[]) => run(['import', '--watch', path, '--settle', '0', ...more])

test('what does not go together is refused, with what to say instead', async () => {
  const { path } = watched()
  writeFileSync(join(path, 'file'), '')
  const tried: [Parameters<typeof command.run>[0], string, string][] = [
    [{ watch: true, 'dry-run': true }, path, '--watch moves what it has brought in'],
    [{ watch: true, 'end-missing': true }, path, '--end-missing is decided for one bundle'],
    [{ watch: true, settle: 'soon' }, path, '--settle takes a number of seconds'],
    [{ watch: true }, join(path, 'file'), 'is no folder'],
    [{ settle: '5' }, path, '--settle belongs to --watch'],
  ]
  for (const [given, at, sentence] of tried)
    await expect(command.run(given, [at])).rejects.toMatchObject({
      ...{ name: 'UsageError', message: expect.stringContaining(sentence) },
    })
})

test('the watcher brings in what arrives, says so in one line each, and ends in order', async () => {
  const folder = watched()
  folder.put('night.zip', roster('process'))
  folder.putFiles({ 'broken.zip': 'no zip at all' })
  const { said, output, ended, child, untilSaid } = watch(folder.path, '--json')
  await untilSaid('"event":"import.done"')
  await untilSaid('"event":"import.refused"')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  const lines = said()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.find(({ bundle }) => bundle === 'night.zip')).toMatchObject({ isApplied: true, source: 'process' })
  expect(lines.find(({ bundle }) => bundle === 'broken.zip')).toMatchObject({
    ...{ isApplied: false, refused: expect.stringMatching(/^broken\.zip is no zip/) },
  })
  expect(output()).toMatch(
    /"event":"import\.done".*"bundle":"night\.zip","source":"process","outcome":"done","place":"done\//,
  )
  expect(await rowsIn('students', 'process')).toHaveLength(1)
  const reports = folder.has().filter((name) => name.endsWith('report.txt'))
  expect(reports.map((name) => name.split('/')[0])).toEqual(['done', 'failed'])
  expect(folder.read(reports[0] ?? '')).toMatch(/^night\.zip, .*: brought in\.\n(.*\n)*students +1 +0 +0 +0/)
  expect(folder.read(reports[1] ?? '')).toMatch(
    /^broken\.zip, .*: not brought in\. Nothing was changed\.\nReason: broken\.zip is no zip/,
  )
})

test('one that is killed has done a bundle wholly or not at all, and the next one settles it', async () => {
  const folder = watched()
  folder.put('night.zip', roster('struck'))
  const { ended, child, untilSaid } = watch(folder.path)
  await untilSaid('"event":"import.watching"')
  child.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
  await folder.lookAfter(120_000)
  await folder.lookAfter()
  expect(await rowsIn('students', 'struck')).toHaveLength(1)
  expect(folder.has().filter((name) => name.endsWith('.zip'))).toEqual([
    expect.stringMatching(/^done\/.*\/night\.zip$/),
  ])
})

test('one whose register has moved ends, and says so', async () => {
  const folder = watched()
  const file = join(folderOf({}), 'moved.db')
  const { ended, output, untilSaid } = run(['import', '--watch', folder.path], {
    ...{ DATABASE_URL: `file:${file}`, DATABASE_DIRECT_URL: '' },
  })
  await untilSaid('"event":"import.watching"')
  const move = { id: newId(), target: 'db.school.example/homeroom' }
  inSource(
    file,
    (client) => {
      makeOwnTables(client, move, 'k1')
      changeState(client, { from: 'copying', to: 'moved', fence: null })
    },
    'write',
  )
  expect(await ended).toBe(1)
  expect(output()).toContain('"event":"import.watch_moved"')
})
