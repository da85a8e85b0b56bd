import { expect, test } from 'vitest'
import { as, makePerson, makeSchool } from '../../setup/people.ts'
import { api, makeStudent, school } from '../../setup/school.ts'

const contactsOf = (...studentIds: string[]) => api().contacts.list({ studentIds })

let made = 0
async function amara() {
  const { id } = await makeStudent({
    givenName: 'Amara',
    familyName: 'Abara',
    number: `S-77-${++made}`,
    birthDate: '2014-05-06',
    gradeLevel: '07',
    addresses: [{ kind: 'local', street: '1 High Street', city: 'Columbus', ...noMore }],
  })
  for (const guardian of [
    { givenName: 'Gina', familyName: 'Abara', phone: '555 0100', email: 'gina@home.example' },
    { givenName: 'Paul', familyName: 'Abara', otherPhone: '555 0101' },
  ])
    await api().studentGuardians.create({ studentId: id, guardian, relation: 'parent', mayPickUp: true })
  await api().studentAlerts.create({ studentId: id, kind: 'other', text: 'Walks home' })
  await api().studentAlerts.create({ studentId: id, kind: 'medical', text: 'Peanut allergy' })
  return id
}

const noMore = { region: null, postalCode: null, country: null }
const forbidden = { code: 'FORBIDDEN' }

test('a sheet says of each student whom to call first, where she lives and what must be known, the gravest first', async () => {
  const id = await amara()
  const zed = await makeStudent({ givenName: 'Zed', familyName: 'Zimmer' })
  const found = await contactsOf(zed.id, id)
  expect(found.map(({ familyName }) => familyName)).toEqual(['Abara', 'Zimmer'])
  expect(found[0]).toMatchObject({
    number: `S-77-${made}`,
    gradeLevel: '07',
    birthDate: '2014-05-06',
    guardians: [
      { givenName: 'Gina', phone: '555 0100', email: 'gina@home.example', relation: 'parent', mayPickUp: true },
      { givenName: 'Paul', otherPhone: '555 0101', isBarred: false },
    ],
    alerts: [{ text: 'Peanut allergy' }, { text: 'Walks home' }],
    addresses: [{ kind: 'local', street: '1 High Street', city: 'Columbus', ...noMore }],
  })
  expect(found[1]).toMatchObject({ guardians: [], alerts: [], addresses: [] })
})

test('an unlinked guardian, an archived one, a removed alert and address are on no sheet', async () => {
  const id = await amara()
  const [gina, paul] = await api().studentGuardians.list({ studentId: id })
  await api().studentGuardians.archive({ id: gina?.id ?? '', version: gina?.version ?? 0 })
  await api().guardians.archive({ id: paul?.guardianId ?? '', version: 1, standing: 'keep' })
  const { alerts } = await api().studentAlerts.list({ studentId: id })
  for (const alert of alerts) await api().studentAlerts.archive({ id: alert.id, version: alert.version })
  const { version } = await api().students.get({ id })
  await api().students.update({ id, version, addresses: [{ kind: 'local', street: null, city: null, ...noMore }] })
  expect(await contactsOf(id)).toMatchObject([{ guardians: [], alerts: [], addresses: [] }])
})

test('a student of another school is left out, and who may not read guardians is refused', async () => {
  const elsewhere = await makeSchool()
  const { id } = await as(await makePerson(elsewhere, 'registrar')).students.create({
    givenName: 'Else',
    familyName: 'Where',
  })
  expect(await contactsOf(id)).toEqual([])
  for (const role of ['instructor', 'viewer'] as const)
    await expect(as(await makePerson(school, role)).contacts.list({ studentIds: [id] })).rejects.toMatchObject(
      forbidden,
    )
})

test('a sheet is asked for in parts of 500 students, never for nobody', async () => {
  await expect(contactsOf()).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const many = Array.from({ length: 501 }, (_, n) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`)
  await expect(contactsOf(...many)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(await contactsOf(...many.slice(0, 500))).toEqual([])
})

test('the list answers guardians only where they are asked for, and only to those who may read them', async () => {
  await amara()
  const listed = async (who = api()) =>
    (await who.students.list({ search: `S-77-${made}`, withGuardians: true })).rows[0]
  expect((await listed())?.guardians?.map(({ givenName }) => givenName)).toEqual(['Gina', 'Paul'])
  expect((await api().students.list({ search: `S-77-${made}` })).rows[0]).not.toHaveProperty('guardians')
  expect(await listed(as(await makePerson(school, 'viewer')))).not.toHaveProperty('guardians')
})
