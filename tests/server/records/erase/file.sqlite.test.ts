import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { as, db, makePerson, makeSchool } from '../../../setup/people.ts'

const file = () => readFileSync((process.env.DATABASE_URL ?? '').replace('file:', ''), 'latin1').toLowerCase()

test('once the server has stopped, the database’s file holds nothing of somebody who was erased', async () => {
  const school = await makeSchool('Northgate')
  const administrator = await makePerson(school, 'administrator')
  const api = () => as(administrator).students
  const address = { kind: 'local', city: 'Qzcity', region: '', postalCode: '', country: '' } as const
  await api().create({ givenName: 'Somebody', familyName: 'Qzother' })
  const names = { givenName: 'Qzcanary', familyName: 'Qzfamily', number: 'QZ-100', birthDate: '1931-02-03' }
  const { id } = await api().create(names)
  const addresses = [{ ...address, street: 'Qzstreet 12' }]
  const { version } = await api().update({ id, version: 1, email: 'qzcanary@home.example', addresses })
  const archived = await api().archive({ id, version })
  await api().erase({ id, version: archived.version, confirm: 'Qzcanary Qzfamily' })
  await db.close()
  const left = ['qzcanary', 'qzfamily', 'qz-100', '1931-02-03', 'qzstreet', 'qzcity', 'qzother']
  expect(left.filter((text) => file().includes(text))).toEqual(['qzother'])
})
