import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { readErased, rememberErased, tellErased } from '../../../server/backups/erased.ts'
import { newKeyText, readKey } from '../../../server/backups/key.ts'
import { as, db, makePerson, makeSchool } from '../../setup/people.ts'
import { temporaryFolder } from '../../setup/server.ts'

const folder = temporaryFolder()
let id: string
let file: string

beforeAll(async () => {
  const school = await makeSchool('Northgate')
  const administrator = await makePerson(school, 'administrator')
  const made = await as(administrator).students.create({ givenName: 'Gone', familyName: 'Forgotten' })
  const { version } = await as(administrator).students.archive({ id: made.id, version: made.version })
  await as(administrator).students.erase({ id: made.id, version, confirm: 'Gone Forgotten' })
  id = made.id
  file = `${school.id}-student-${id}.json`
})
afterAll(async () => {
  await db.close()
  folder.done()
})

test('a file that a full disk or a kill left empty is written again', async () => {
  expect(await rememberErased(db, folder.path)).toBe(1)
  const list = join(folder.path, 'erased')
  expect(readdirSync(list)).toEqual([file])
  writeFileSync(join(list, file), '')
  expect(await rememberErased(db, folder.path)).toBe(1)
  expect(readErased(folder.path)).toMatchObject([{ entity: 'student', id }])
})

test('what another program has half copied there keeps nobody from restoring', () => {
  writeFileSync(join(folder.path, 'erased', `.${file}.x7Kq2a`), '{')
  expect(readErased(folder.path)).toHaveLength(1)
  writeFileSync(join(folder.path, 'erased', 'notes.txt'), '{')
  expect(() => readErased(folder.path)).toThrow("notes.txt can't be read")
})

test('whoever the register knows to be erased is told also where nothing can be written', async () => {
  const inTheWay = join(folder.path, 'a-file')
  writeFileSync(inTheWay, '')
  expect(await tellErased(db, inTheWay)).toMatchObject([{ entity: 'student', id }])
})

test('a new key keeps the seals of the one before', async () => {
  const own = temporaryFolder()
  const [older, newer] = ['older', 'newer'].map((name) => {
    writeFileSync(join(own.path, name), newKeyText())
    return readKey(join(own.path, name))
  })
  await rememberErased(db, own.path, older)
  expect(await rememberErased(db, own.path, newer)).toBe(1)
  expect(readErased(own.path, older)).toMatchObject([{ entity: 'student', id }])
  expect(readErased(own.path, newer)).toMatchObject([{ entity: 'student', id }])
  expect(readErased(own.path)).toHaveLength(1)
  expect(await rememberErased(db, own.path, older)).toBe(0)
  own.done()
})

test('a file that an older version has signed stays good', async () => {
  const own = temporaryFolder()
  writeFileSync(join(own.path, 'key'), newKeyText())
  const key = readKey(join(own.path, 'key'))
  await rememberErased(db, own.path, key)
  const [name = ''] = readdirSync(join(own.path, 'erased'))
  renameSync(join(own.path, 'erased', name), join(own.path, 'erased', file))
  expect(await rememberErased(db, own.path, key)).toBe(0)
  expect(readErased(own.path, key)).toHaveLength(1)
  own.done()
})

test('with a key the list is signed, and whoever adds a name to it without the key is found out', async () => {
  const own = temporaryFolder()
  const keyFile = join(own.path, 'key')
  writeFileSync(keyFile, newKeyText())
  const key = readKey(keyFile)
  await rememberErased(db, own.path)
  expect(() => readErased(own.path, key)).toThrow('not signed with the key')
  expect(await rememberErased(db, own.path, key)).toBe(1)
  expect(await rememberErased(db, own.path, key)).toBe(0)
  expect(readErased(own.path, key)).toMatchObject([{ entity: 'student', id }])
  expect(readErased(own.path)).toHaveLength(1)
  const signed = join(own.path, 'erased', file)
  const other = JSON.parse(readFileSync(signed, 'utf8'))
  writeFileSync(signed, JSON.stringify({ ...other, id: newId() }))
  expect(() => readErased(own.path, key)).toThrow('not signed with the key')
  own.done()
})
