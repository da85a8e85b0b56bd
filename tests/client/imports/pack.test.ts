import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { bundleIn } from '../../../client/imports/chosen.ts'
import { zipOf } from '../../../client/imports/pack.ts'
import { limits } from '../../../server/oneroster/read/chosen-files.ts'
import { openZip } from '../../../server/oneroster/read/zip.ts'

const chosen = (name: string, content = '') => ({ name, file: new File([content], name) })

test('files that were dropped one by one are a zip that the import reads, with its checksums', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-pack-'))
  const contents = { 'users.csv': 'sourcedId,givenName\n1,Zoë\n'.repeat(9_000), 'orgs.csv': '', 'schüler.txt': 'x' }
  const zip = await zipOf(Object.entries(contents).map(([name, content]) => chosen(name, content)))
  const path = join(folder, 'packed.zip')
  writeFileSync(path, Buffer.from(await zip.arrayBuffer()))
  const source = await openZip(path, limits)
  const read = await Promise.all(source.files.map(async ({ name, open }) => [name, await text(await open())]))
  source.close()
  rmSync(folder, { recursive: true })
  expect(Object.fromEntries(read)).toEqual({ 'users.csv': contents['users.csv'], 'orgs.csv': '' })
})

test('one zip or the files of one bundle are taken, and never photos', () => {
  const [zip, users, photo] = [chosen('roster.zip'), chosen('users.csv'), chosen('class.jpg')]
  expect(bundleIn([photo, zip])).toEqual({ zip })
  expect(bundleIn([users, photo, chosen('orgs.CSV')])).toMatchObject({ files: [users, { name: 'orgs.CSV' }] })
  expect(bundleIn([zip, users])).toBe('mixed')
  expect(bundleIn([zip, chosen('other.zip')])).toBe('mixed')
  expect(bundleIn([photo])).toBe('none')
})
