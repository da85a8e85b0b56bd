import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import { studentPhotos } from '../../../db/schema/index.ts'
import { readPhoto } from '../../../server/photos/read.ts'
import { sweepPhotos } from '../../../server/photos/sweep.ts'
import type { Person } from '../../../server/trpc.ts'
import { as, db, makePerson, makeSchool, now } from '../../setup/people.ts'
import { comment, exif, inBase64, jpeg, thumbnail } from '../../setup/pictures.ts'
import {
  api,
  doing,
  enroll,
  later,
  makeClass,
  makeInstructor,
  makeStudent,
  registrar,
  school,
  undo,
} from '../../setup/school.ts'

const forbidden = { code: 'FORBIDDEN' }
let seed = 0
const another = () => jpeg({ seed: ++seed })
const upload = (studentId: string, picture = another()) =>
  api().photos.upload({ studentId, content: inBase64(picture) })

async function pictured(picture = another()) {
  const { id, version } = await makeStudent()
  const { hash } = await upload(id, picture)
  return { hash, ...(await api().photos.set({ id, version, photo: hash })) }
}
const kept = async (hash: string) =>
  (await db.select().from(studentPhotos).where(eq(studentPhotos.hash, hash))).map(({ content }) => content)
const shown = ({ userId, memberships }: Person, id: string, hash: string) => {
  const [membership] = memberships
  if (!membership) throw new Error('this person belongs to no school')
  const { role, instructorId } = membership
  return readPhoto({ db, school: membership.school, now, actor: { userId, role, instructorId } }, id, hash)
}

test('a student gets a photo, another one, and none; each is taken back', async () => {
  const { id, version, hash, photo } = await pictured()
  expect(photo).toBe(hash)
  const next = await upload(id)
  const operation = await doing((who) => who.photos.set({ id, version, photo: next.hash }))
  await undo(operation)
  expect(await api().students.get({ id })).toHaveProperty('photo', hash)
  const removal = await doing((who) => who.photos.set({ id, version: version + 2, photo: null }))
  expect(await api().students.get({ id })).toHaveProperty('photo', null)
  await undo(removal)
  expect(await shown(registrar, id, hash)).toBeDefined()
})

test('place, time, device and remarks are left out; the picture stays', async () => {
  const plain = jpeg({ seed: 1_000 })
  const beside = [...exif('GPS 40.1'), ...comment('from my phone'), ...thumbnail('with somebody else')]
  const told = jpeg({ seed: 1_000, beside, later: [...exif('GPS 40.2'), ...comment('of a later scan')] })
  const { id } = await makeStudent()
  const { hash } = await upload(id, told)
  expect(await kept(hash)).toEqual([inBase64(plain)])
})

test.each([
  ['a drawing that can hold scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])],
  ['nothing', Buffer.alloc(0)],
  ['a JPEG that ends early', jpeg().subarray(0, 40)],
  ['a JPEG with a page behind it', Buffer.concat([jpeg(), Buffer.from('<html>')])],
  ['a JPEG with another one behind it, as phones send', Buffer.concat([jpeg(), jpeg({ beside: exif('GPS 40.1') })])],
  ['a JPEG of two sizes', Buffer.concat([jpeg().subarray(0, -2), jpeg().subarray(20)])],
  ['one wider than photos are kept', jpeg({ width: 481 })],
  ['one higher', jpeg({ height: 641 })],
  ['one of a single pixel', jpeg({ width: 1, height: 1 })],
  ['a segment that is longer than the file', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0xff, 0xd9])],
])('%s is no photo', async (_, bytes) => {
  const { id } = await makeStudent()
  await expect(upload(id, bytes)).rejects.toMatchObject({ cause: { reason: 'photo.invalid' } })
})

test('a file larger than a photo is refused before it is read', async () => {
  const { id } = await makeStudent()
  await expect(upload(id, Buffer.alloc(200_001))).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('a student gets no photo that was not sent, or was sent in another school', async () => {
  const { id, version } = await makeStudent()
  const elsewhere = as(await makePerson(await makeSchool(), 'registrar'))
  const theirs = await elsewhere.students.create({ givenName: 'Else', familyName: 'Where' })
  const { hash } = await elsewhere.photos.upload({ studentId: theirs.id, content: inBase64(another()) })
  for (const photo of [hash, 'a'.repeat(64)])
    await expect(api().photos.set({ id, version, photo })).rejects.toMatchObject({
      cause: { reason: 'photo.not_found' },
    })
  await expect(upload(theirs.id)).rejects.toMatchObject({ cause: { reason: 'student.not_found' } })
})

test('two who change a photo at once: the second is told who was first', async () => {
  const { id, version } = await pictured()
  const { hash } = await upload(id)
  await api().photos.set({ id, version, photo: hash })
  await expect(api().photos.set({ id, version, photo: null })).rejects.toMatchObject({
    cause: { reason: 'student.stale', details: { changes: [{ fields: ['photo'] }] } },
  })
})

test('a photo is shown to whoever may see the student, and only while it is the student’s', async () => {
  const { id, version, hash } = await pictured()
  const instructor = await makeInstructor()
  const teaching = await makePerson(school, 'instructor', instructor.id)
  expect(await shown(await makePerson(school, 'viewer'), id, hash)).toBeDefined()
  expect(await shown(teaching, id, hash)).toBeUndefined()
  const { id: classId } = await makeClass()
  await api().classInstructors.create({ classId, instructorId: instructor.id })
  await enroll(classId, [id])
  expect(await shown(teaching, id, hash)).toBeDefined()
  expect(await shown(await makePerson(await makeSchool(), 'administrator'), id, hash)).toBeUndefined()
  const { hash: next } = await upload(id)
  expect(await shown(registrar, id, next)).toBeUndefined()
  await api().photos.set({ id, version, photo: null })
  expect(await shown(registrar, id, hash)).toBeUndefined()
})

test('only who may write students sends photos', async () => {
  const { id, version } = await makeStudent()
  for (const role of ['instructor', 'viewer'] as const) {
    const who = as(await makePerson(school, role))
    await expect(who.photos.upload({ studentId: id, content: inBase64(another()) })).rejects.toMatchObject(forbidden)
    await expect(who.photos.set({ id, version, photo: null })).rejects.toMatchObject(forbidden)
  }
})

test('the journal has the hash, not the picture', async () => {
  const { id, hash } = await pictured()
  const told = JSON.stringify(await api().journal.ofRecord({ entity: 'student', id }))
  expect(told).toContain(hash)
  expect(told).not.toContain((await kept(hash))[0]?.slice(0, 40))
})

test('after a day a picture that no student has is swept, and one that a student has is not', async () => {
  const { id, version, hash } = await pictured()
  const { hash: unused } = await upload(id)
  const hours = (count: number) => later(0, count).now
  await sweepPhotos(db, hours(23))
  expect([await kept(unused), await kept(hash)].map(({ length }) => length)).toEqual([1, 1])
  await sweepPhotos(db, hours(25))
  expect([await kept(unused), await kept(hash)].map(({ length }) => length)).toEqual([0, 1])
  const removal = await doing((who) => who.photos.set({ id, version, photo: null }), registrar, later(3))
  await sweepPhotos(db, later(3, 23).now)
  expect(await kept(hash)).toHaveLength(1)
  await sweepPhotos(db, later(3, 25).now)
  await expect(undo(removal)).rejects.toMatchObject({ cause: { reason: 'photo.gone' } })
})

test('a photo that an undo takes off a student stays for a day, though it was sent long before', async () => {
  const { id, version } = await makeStudent()
  const { hash } = await upload(id)
  const setting = await doing((who) => who.photos.set({ id, version, photo: hash }))
  const undoing = newId()
  await undo(setting, registrar, { ...later(30), key: undoing })
  await sweepPhotos(db, later(30, 1).now)
  await undo(undoing, registrar, later(30, 1))
  expect(await shown(registrar, id, hash)).toBeDefined()
})

test('an erasure deletes the photos that the student has and had; one that another student has too stays', async () => {
  const administrator = as(await makePerson(school, 'administrator'))
  const shared = another()
  const { id: twin, hash: sharedHash } = await pictured(shared)
  const { id, version } = await makeStudent({ givenName: 'Era', familyName: 'Sed' })
  const [own, before] = [await upload(id), await upload(id)]
  await upload(id, shared)
  await api().photos.set({ id, version, photo: before.hash })
  await api().photos.set({ id, version: version + 1, photo: own.hash })
  await api().students.archive({ id, version: version + 2 })
  await administrator.students.erase({ id, version: version + 3, confirm: 'Era Sed' })
  for (const { hash } of [own, before]) expect(await kept(hash)).toEqual([])
  await expect(upload(id)).rejects.toMatchObject({ cause: { reason: 'record.erased' } })
  expect(await shown(registrar, twin, sharedHash)).toBeDefined()
})

test('a merge leaves the photo to the record that has none', async () => {
  const gone = await pictured()
  const into = await makeStudent()
  const { id: intoId, version: intoVersion } = into
  await api().students.merge({ id: gone.id, version: gone.version, intoId, intoVersion })
  expect(await shown(registrar, intoId, gone.hash)).toBeDefined()
})
