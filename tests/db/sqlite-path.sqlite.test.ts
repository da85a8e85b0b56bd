import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { sqlitePath } from '../../db/sqlite-path.ts'
import { homeroom, temporaryFolder } from '../setup/server.ts'

const home = homedir()

test.each([
  ['file:./data/homeroom.db', resolve('data/homeroom.db')],
  ['file:data/homeroom.db', resolve('data/homeroom.db')],
  ['file:../homeroom.db', resolve('../homeroom.db')],
  ['file:/srv/homeroom.db', '/srv/homeroom.db'],
  ['file:///srv/homeroom.db', '/srv/homeroom.db'],
  ['file://localhost/srv/homeroom.db', '/srv/homeroom.db'],
  ['file:/srv/our%20school/homeroom.db', '/srv/our school/homeroom.db'],
  ['file:/srv/our school/homeroom.db', '/srv/our school/homeroom.db'],
  ['file:///srv/%C3%A9cole/homeroom.db', '/srv/école/homeroom.db'],
  ['file:/srv/école/homeroom.db', '/srv/école/homeroom.db'],
  ['file:/srv/100%25/homeroom.db', '/srv/100%/homeroom.db'],
  ['file:/srv/why%3F/no%231.db', '/srv/why?/no#1.db'],
  ['file:/srv/a+b&c=d.db', '/srv/a+b&c=d.db'],
  ['file:~/homeroom.db', join(home, 'homeroom.db')],
  ['file:~/our%20school/homeroom.db', join(home, 'our school/homeroom.db')],
  ['file:./~/homeroom.db', resolve('~/homeroom.db')],
  ['file:/srv/~/homeroom.db', '/srv/~/homeroom.db'],
])('%s is the file %s', (url, file) => {
  expect(sqlitePath(url)).toBe(file)
})

test.each([
  ['file:', /names no file: write file: and a path, as in file:\.\/data\/homeroom\.db/],
  ['file::memory:', /must name a file/],
  ['file::memory:?cache=shared', /must name a file/],
  ['file:./homeroom.db?mode=ro', /takes no options: end it with the path/],
  ['file:./homeroom.db?mode=memory', /takes no options/],
  ['file:///srv/homeroom.db?mode=rwc&cache=shared', /takes no options/],
  ['file:./homeroom.db?immutable=1', /takes no options/],
  ['file:/srv/no#1.db', /write %3F for \? and %23 for #/],
  ['file:/srv/100%/homeroom.db', /write %25 for it/],
  ['file:/srv/%ff.db', /write %25 for it/],
  ['file:/srv/a%00b.db', /no file can have/],
  ['file://srv/homeroom.db', /after file:\/\/ comes the machine's name, here srv/],
  ['file://~/homeroom.db', /the machine's name, here ~/],
  ['file:~ada/homeroom.db', /can start with ~\/, your own home folder/],
  ['file:~', /can start with ~\//],
  ['file:$HOME/homeroom.db', /a variable that nothing has filled in/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what a unit file or .env leaves in the variable.
  ['file:${HOME}/homeroom.db', /a variable that nothing has filled in/],
  ['file: ./homeroom.db', /a space or a quote around its path/],
  ['file:./homeroom.db ', /a space or a quote around its path/],
  ['file:"./homeroom.db"', /a space or a quote around its path/],
  ['file:./data/', /names a folder: write the file in it too, as in \.\/data\/homeroom\.db/],
  ['file:.', /names a folder/],
  ['file:/', /names a folder: write the file in it too, as in \/homeroom\.db/],
])('%s is refused, and the sentence names the variable and says what to write', (url, says) => {
  expect(() => sqlitePath(url)).toThrow(says)
  expect(() => sqlitePath(url)).toThrow(/^DATABASE_URL /)
})

test('a register that an older version kept under the name as written is not left behind', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder.path, 'our%20school'))
  const literal = join(folder.path, 'our%20school', 'homeroom.db')
  writeFileSync(literal, '')
  const url = `file:${literal}`
  expect(() => sqlitePath(url)).toThrow(`but the register is at ${literal}: give it that name, or write % as %25`)
  expect(sqlitePath(url.replaceAll('%', '%25'))).toBe(literal)
  const file = join(folder.path, 'our school', 'homeroom.db')
  mkdirSync(join(folder.path, 'our school'))
  writeFileSync(file, '')
  expect(sqlitePath(url)).toBe(file)
  folder.done()
})

test('a command says a refusal in one line, and makes nothing', async () => {
  const { code, output } = await homeroom(['migrate'], { env: { DATABASE_URL: 'file:./nowhere.db?mode=ro' } })
  expect(code).toBe(1)
  expect(output.trim().split('\n')).toEqual([expect.stringMatching(/^DATABASE_URL takes no options/)])
})
