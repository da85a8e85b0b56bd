import { expect, test } from 'vitest'
import { kinds } from '../../../server/kinds.ts'
import { forgetSecrets } from '../../../server/oneroster/secrets/forget-secrets.ts'
import { replaceRows } from '../../../server/records/write.ts'
import { db, now, writeInSchool } from '../../setup/people.ts'
import { homeroom } from '../../setup/server.ts'
import { found, importFiles, schoolOf, smallSchool } from '../oneroster/bundle.ts'
import { isStored } from '../oneroster/stored-bytes.ts'

async function stained(org: string, extra: Record<string, string>): Promise<string> {
  await importFiles(smallSchool(org))
  const student = await found('students', org, 's1')
  await writeInSchool(student.schoolId, (tx) =>
    replaceRows(tx, kinds.student, [{ before: student, fields: { extra } as never }]),
  )
  return (await schoolOf(org))?.slug ?? ''
}

test('the command says first what it would forget, then forgets it, and the journal verifies', async () => {
  const school = await stained('forgetful', { pwd: 'Spoken-1!' })
  const dry = await homeroom(['journal', 'forget-secrets', '--school', school])
  expect(dry.code).toBe(0)
  expect(dry.said).toContain(`${school}: student, pwd: 1 record, 1 entry of the journal`)
  expect(dry.said).toContain('Nothing was changed.')
  expect(dry.said).not.toContain('Spoken-1!')
  expect(await isStored('Spoken-1!')).toBe(true)
  const done = await homeroom(['journal', 'forget-secrets', '--school', school, '--apply'])
  expect(done.said).toContain('Forgotten.')
  expect(done.said).toContain('Backups and other copies of the database still hold what was forgotten')
  expect(done.code).toBe(0)
  expect(await isStored('Spoken-1!')).toBe(false)
  expect(await homeroom(['journal', 'verify', '--school', school])).toMatchObject({
    code: 0,
    said: expect.stringContaining('intact'),
  })
})

test('a command that died before the tables were written anew is said again: it names the copies, and what records keep', async () => {
  const school = await stained('died', { pwd: 'Died-1!' })
  const row = await schoolOf('died')
  if (!row) throw new Error('no school')
  await forgetSecrets(db, row, { columns: [], of: [] }, now)
  const again = await homeroom(['journal', 'forget-secrets', '--school', school, '--apply'])
  expect(again).toMatchObject({ code: 0, said: expect.stringContaining('Backups and other copies') })
  expect(again.said).not.toContain('Forgotten.')
  expect(await isStored('Died-1!')).toBe(false)
  const named = ['journal', 'forget-secrets', '--school', school, '--column', 'familyName', '--of', 's1', '--apply']
  expect((await homeroom(named)).said).toContain(`${school}: student, familyName: the records keep it`)
})

test('options of the other verb, and a school that is not there, are refused', async () => {
  expect(await homeroom(['journal', 'verify', '--apply'])).toMatchObject({ code: 2 })
  expect(await homeroom(['journal', 'forget-secrets', '--expect', `1:${'a'.repeat(64)}`])).toMatchObject({ code: 2 })
  const nowhere = await homeroom(['journal', 'forget-secrets', '--school', 'nowhere'])
  expect(nowhere).toMatchObject({ code: 1, output: expect.stringContaining('There is no school "nowhere"') })
})
