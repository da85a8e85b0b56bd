import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refuseElsewhere } from '../../db/new-register.ts'
import { password } from '../setup/accounts.ts'
import { homeroom, homeroomFile, run, startServer, temporaryFolder } from '../setup/server.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.done())

const tsx = import.meta.resolve('tsx')

const emptyBundle = () => {
  writeFileSync(
    join(folder.path, 'manifest.csv'),
    'propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\n',
  )
  writeFileSync(
    join(folder.path, 'orgs.csv'),
    'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n',
  )
  return folder.path
}

test.each<[string, () => string[], string]>([
  ['init', () => ['init', '--name', 'Ada', '--email', 'ada@school.example'], password],
  ['demo', () => ['demo', '--students', '1'], ''],
  ['import', () => ['import', emptyBundle()], ''],
  ['migrate', () => ['migrate'], ''],
])('%s says where it makes a new register, once', async (_name, args, input) => {
  const file = join(folder.path, 'data', 'homeroom.db')
  const env = { DATABASE_URL: `file:${file}` }
  expect((await homeroom(args(), { input, env })).output.split('\n')).toContain(`A new register was made at ${file}`)
  expect((await homeroom(args(), { input, env })).output).not.toContain('A new register')
})

test('so does start, and it names the registers beside the new one', async () => {
  const old = join(folder.path, 'homeroom.db')
  await homeroom(['migrate'], { env: { DATABASE_URL: `file:${old}` } })
  writeFileSync(join(folder.path, 'letter.txt'), 'Dear parents')
  const file = join(folder.path, 'homerom.db')
  const server = await startServer({ DATABASE_URL: `file:${file}` })
  const said = `A new register was made at ${file}. It is not the one at ${old}, which is left as it is`
  expect(server.output().split('\n')).toContain(said)
  await server.stop()
  const again = await startServer({ DATABASE_URL: `file:${file}` })
  expect(again.output()).not.toContain('A new register')
  await again.stop()
})

test('a relative path from another folder than the register’s is refused, with both ways on', () => {
  const [project, elsewhere] = [join(folder.path, 'project'), process.cwd()]
  const name = `no-such-folder-${process.pid}/our%homeroom.db`
  const [old, file] = [join(project, name), join(elsewhere, name)]
  expect(() => refuseElsewhere(file, project)).not.toThrow()
  mkdirSync(join(old, '..'), { recursive: true })
  writeFileSync(old, '')
  expect(() => refuseElsewhere(file, project)).not.toThrow()
  writeFileSync(old, 'a register')
  const url = (path: string) => `DATABASE_URL=file:${path.replace('our%', 'our%25')}`
  expect(() => refuseElsewhere(file, project)).toThrow(
    `DATABASE_URL is relative and means ${file} in this folder, where there is no register; there is one at ${old}. Set ${url(old)} to use it, or ${url(file)} to make a new one`,
  )
  expect(() => refuseElsewhere(old, elsewhere)).not.toThrow()
})

test('from another folder, a relative path that no register of the project has is that folder’s, and said in full', async () => {
  const args = ['migrate']
  const command: [string, ...string[]] = [process.execPath, ...homeroomFile.map((word) => word.replace(/^tsx$/, tsx))]
  const { ended, output } = run(args, { DATABASE_URL: 'file:./of-this-test/homeroom.db' }, command, folder.path)
  expect(await ended).toBe(0)
  const file = join(folder.path, 'of-this-test', 'homeroom.db')
  expect(output()).toContain(`A new register was made at ${file}`)
  expect(existsSync(file)).toBe(true)
})
