import { expect, test } from 'vitest'
import { as, makePerson } from '../../../setup/people.ts'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, found, importFiles, rowsIn, schoolOf, smallSchool } from '../bundle.ts'

const usersFile = (...rows: string[]) =>
  `sourcedId,status,orgSourcedIds,role,givenName,familyName,email,phone,sms,agentSourcedIds\n${rows.join('\n')}\n`
/** One school whose users are these; nobody is in a class unless a row makes her a student. */
const only = (org: string, ...users: string[]): Files =>
  smallSchool(org, { 'users.csv': usersFile(...users), 'enrollments.csv': enrollmentsFile() })

/** 'who of whom relation priority', of the links that stand. */
async function linksIn(org: string): Promise<string[]> {
  const students = new Map((await rowsIn('students', org)).map(({ id, sourcedId }) => [id, sourcedId]))
  const guardians = new Map((await rowsIn('guardians', org)).map(({ id, sourcedId }) => [id, sourcedId]))
  return (await rowsIn('studentGuardians', org))
    .filter(({ archivedAt }) => !archivedAt)
    .map((link) => {
      const who = guardians.get(link.guardianId)
      return `${who} of ${students.get(link.studentId)}: ${link.relation}, ${link.priority}`
    })
    .toSorted()
}
const registrarOf = async (org: string) => {
  const school = await schoolOf(org)
  if (!school) throw new Error('no school')
  return as(await makePerson(school, 'registrar'))
}
const guardiansOf = async (org: string, student: string) =>
  (await registrarOf(org)).studentGuardians.list({ studentId: (await found('students', org, student)).id })

test('a parent named by her child, and one who names his, are guardians with their phones, and a second run changes nothing', async () => {
  const files = only(
    'family',
    'm,,family,parent,Mara,O’Neil,mara@home.example,(614) 555-0100,(614) 555-0199,',
    's1,,family,student,Amara,Abara,,,,"m, g"',
    's2,,family,student,Ben,Abara,,,,',
    'g,,family,guardian,Gus,Abara,,555-1,555-1,"s1,s2"',
    'r,,family,relative,Rhea,Abara,,,,s2',
  )
  const { totals, texts, notes } = await importFiles(files)
  expect({ texts, notes }).toEqual({ texts: { rejected: [], warnings: [] }, notes: [] })
  expect(totals).toMatchObject({ guardian: { new: 3 }, studentGuardian: { new: 4 } })
  expect(await linksIn('family')).toEqual([
    'g of s1: guardian, 2',
    'g of s2: guardian, 1',
    'm of s1: parent, 1',
    'r of s2: relative, 2',
  ])
  const mother = await found('guardians', 'family', 'm')
  expect(mother).toMatchObject({ email: 'mara@home.example', phone: '(614) 555-0100', otherPhone: '(614) 555-0199' })
  expect(mother.searchText).toContain('6145550199')
  expect(mother.searchText).toContain("o'neil")
  expect(await found('guardians', 'family', 'g')).toMatchObject({ phone: '555-1', otherPhone: null, archivedAt: null })
  expect(await rowsIn('students', 'family')).toHaveLength(2)
  expect(await rowsIn('instructors', 'family')).toHaveLength(0)
  const marks = { hasCustody: false, mayPickUp: false, livesWith: false, isBarred: false }
  for (const link of await rowsIn('studentGuardians', 'family')) expect(link).toMatchObject(marks)
  const journaled = (await rowsIn('journal', 'family')).length
  const again = await importFiles(files)
  expect(again.totals).toMatchObject({
    guardian: { same: 3, changed: 0, new: 0 },
    studentGuardian: { same: 4, changed: 0, new: 0 },
  })
  expect(await rowsIn('journal', 'family')).toHaveLength(journaled)
})

test('a dry run counts guardians and links, and makes none', async () => {
  const files = only('dry-family', 's,,dry-family,student,A,A,,,,p', 'p,,dry-family,parent,P,A,,,,')
  const { totals } = await importFiles(files, { dryRun: true })
  expect(totals).toMatchObject({ guardian: { new: 1 }, studentGuardian: { new: 1 } })
  expect(await schoolOf('dry-family')).toBeUndefined()
})

test('in version 1.2 the roles make the guardian, who may teach there too', async () => {
  const { 'users.csv': _, ...rest } = smallSchool('both')
  const files = {
    ...rest,
    'users.csv':
      'sourcedId,givenName,familyName,primaryOrgSourcedId,agentSourcedIds\ns1,Amara,Abara,both,\nt1,Lee,Park,both,s1\nm,Mia,Park,both,s1\n',
    'roles.csv':
      'sourcedId,userSourcedId,roleType,role,orgSourcedId\nr1,s1,primary,student,both\nr2,t1,primary,teacher,both\nr3,t1,secondary,parent,both\nr4,m,primary,Mother,both\n',
  }
  await importFiles(files)
  expect(await rowsIn('instructors', 'both')).toMatchObject([{ sourcedId: 't1' }])
  expect(await linksIn('both')).toEqual(['m of s1: mother, 2', 't1 of s1: parent, 1'])
  expect((await importFiles(files)).totals).toMatchObject({
    guardian: { same: 2, changed: 0 },
    instructor: { same: 1, changed: 0 },
    studentGuardian: { same: 2, changed: 0 },
  })
})

test('the relationships of School Data Sync say whose guardian somebody is', async () => {
  const files = {
    ...only('sync'),
    'users.csv':
      'sourcedId,username,givenName,familyName,phone\nu,jack,Jack,Craig,\ng,jean,Jean,Craig,+1123\nd,doc,Doc,Tor,\n',
    'roles.csv': 'userSourcedId,orgSourcedId,role\nu,sync,student\n',
    'relationships.csv':
      'userSourcedId,relationshipUserSourcedId,relationshipRole\nu,g,guardian\nu,d,doctor\nu,x,parent\n',
  }
  const { texts, notes } = await importFiles(files)
  expect(await linksIn('sync')).toEqual(['g of u: guardian, 1'])
  expect(await found('guardians', 'sync', 'g')).toMatchObject({ phone: '+1123' })
  expect(texts.warnings).toEqual([
    'users.csv, line 4: d belongs to no school of this bundle, and is enrolled in no class: left out',
    "relationships.csv, line 4, column relationshipUserSourcedId: there is no user x, neither in users.csv nor in the school's register: not linked",
  ])
  expect(notes).toContain('Agents who are no guardian of a student here were left out: 1')
  expect((await importFiles(files)).totals).toMatchObject({ guardian: { same: 1 }, studentGuardian: { same: 1 } })
})

test('who names herself, nobody, or a teacher is imported all the same, and told', async () => {
  const { isApplied, texts, notes } = await importFiles(
    only(
      'stray',
      's,,stray,student,A,A,,,,"s,ghost,t"',
      't,,stray,teacher,T,T,,,,',
      'p,,stray,parent,P,A,,,,',
      'q,,stray,parent,Q,A,,,,ghost',
    ),
  )
  expect(isApplied).toBe(true)
  expect(texts).toEqual({
    rejected: [],
    warnings: [
      'users.csv, line 2, column agentSourcedIds: s is named as an agent of the same user: left out',
      "users.csv, line 2 and 1 more line, column agentSourcedIds: there is no user ghost, neither in users.csv nor in the school's register: not linked",
    ],
  })
  expect(notes).toContain('Agents who are no guardian of a student here were left out: 1')
  expect(notes).toContain('Guardians of no student here were left out: 2')
  expect(await rowsIn('guardians', 'stray')).toHaveLength(0)
  expect(await rowsIn('students', 'stray')).toHaveLength(1)
})

test('a parent with children in two schools is a guardian of both, whichever school his own row names', async () => {
  await importFiles({
    'orgs.csv': 'sourcedId,name,type\nelm,Elm,school\noak,Oak,school\nash,Ash,school\n',
    'users.csv': usersFile(
      'p,,ash,parent,Pat,Abara,,,,',
      's1,,elm,student,Amara,Abara,,,,p',
      's2,,oak,student,Ben,Abara,,,,p',
    ),
  })
  expect([await linksIn('elm'), await linksIn('oak'), await linksIn('ash')]).toEqual([
    ['p of s1: parent, 1'],
    ['p of s2: parent, 1'],
    [],
  ])
  expect(await rowsIn('guardians', 'ash')).toHaveLength(0)
})

test('what staff have said of a guardian stays: marks, relation, order, and that they are unlinked', async () => {
  const files = only(
    'kept',
    's,,kept,student,A,A,,,,"p,q,r"',
    'p,,kept,parent,P,A,,,,',
    'q,,kept,parent,Q,A,,,,',
    'r,,kept,parent,R,A,,,,',
  )
  await importFiles(files)
  const [p, q, r] = await guardiansOf('kept', 's')
  if (!p || !q || !r) throw new Error('three guardians were to be imported')
  const marks = { hasCustody: true, mayPickUp: true, livesWith: true }
  await (await registrarOf('kept')).studentGuardians.update({
    id: q.id,
    version: q.version,
    relation: 'father',
    ...marks,
    priority: 1,
  })
  await (await registrarOf('kept')).studentGuardians.archive({ id: r.id, version: r.version })
  const before = await rowsIn('studentGuardians', 'kept')
  const { totals, notes } = await importFiles(files)
  expect(totals.studentGuardian).toMatchObject({ new: 0, changed: 0, archived: 0, same: 2 })
  expect(notes).toContain('Guardians whom staff have unlinked from a student stay unlinked: 1')
  expect(await rowsIn('studentGuardians', 'kept')).toEqual(before)
  expect(await linksIn('kept')).toEqual(['p of s: parent, 2', 'q of s: father, 1'])
})

test('a guardian whom staff have archived and unlinked does not come back every night', async () => {
  const files = only('gone', 's,,gone,student,A,A,,,,p', 'p,,gone,parent,P,A,,,,')
  await importFiles(files)
  const registrar = await registrarOf('gone')
  const { id, version } = await found('guardians', 'gone', 'p')
  await registrar.guardians.archive({ id, version, standing: 'end' })
  const { totals } = await importFiles(files)
  expect(totals.guardian).toMatchObject({ new: 0, changed: 0 })
  expect(await found('guardians', 'gone', 'p')).toMatchObject({ archivedAt: expect.any(Date) })
  expect(await linksIn('gone')).toEqual([])
})

test('a bundle that no longer names a link leaves it; a new one comes last in the order of calling', async () => {
  const users = ['p,,later,parent,P,A,,,,', 'q,,later,parent,Q,A,,,,']
  await importFiles(only('later', 's,,later,student,A,A,,,,q', ...users))
  const { totals, notes } = await importFiles(only('later', 's,,later,student,A,A,,,,p', ...users))
  expect(totals).toMatchObject({ guardian: { new: 1, same: 1 }, studentGuardian: { new: 1, archived: 0, changed: 0 } })
  expect(notes).toEqual([])
  expect(await linksIn('later')).toEqual(['p of s: parent, 2', 'q of s: parent, 1'])
})

test('a guardian to be deleted is archived, and is on her student’s list as before when she comes back', async () => {
  const files = (status: string) =>
    only('away', 's,,away,student,A,A,,,,p', `p,${status},away,parent,P,A,,,,`, 'q,tobedeleted,away,parent,Q,A,,,,s')
  await importFiles(files('active'))
  expect(await rowsIn('guardians', 'away')).toHaveLength(1)
  const [link] = await rowsIn('studentGuardians', 'away')
  expect((await importFiles(files('tobedeleted'))).totals.guardian).toMatchObject({ archived: 1 })
  expect(await guardiansOf('away', 's')).toMatchObject([{ givenName: 'P', isArchived: true }])
  expect((await importFiles(files('tobedeleted'))).totals.guardian).toMatchObject({ archived: 0, changed: 0 })
  expect((await importFiles(files('active'))).totals.guardian).toMatchObject({ changed: 1 })
  expect(await guardiansOf('away', 's')).toMatchObject([{ givenName: 'P', isArchived: false }])
  expect(await rowsIn('studentGuardians', 'away')).toEqual([link])
})

test('a delta that holds the guardian or the student alone is read against the register', async () => {
  const school = 'partly'
  await importFiles(
    only(school, `s1,,${school},student,A,A,,,,p`, `s2,,${school},student,B,A,,,,`, `p,,${school},father,P,A,,1,,`),
  )
  const orgs = `sourcedId,name,type\n${school},School ${school},school\n`
  const users = (row: string) => ({ 'orgs.csv': orgs, 'users.csv': usersFile(row) })
  const changed = await importFiles(users(`p,,${school},father,Paul,A,,2,,`))
  expect(changed.totals).toMatchObject({ guardian: { changed: 1 }, studentGuardian: { new: 0, changed: 0 } })
  expect(await found('guardians', school, 'p')).toMatchObject({ givenName: 'Paul', phone: '2' })
  const linked = await importFiles(users(`s2,,${school},student,B,A,,,,p`))
  expect(linked.texts.warnings).toEqual([])
  expect(await linksIn(school)).toEqual(['p of s1: father, 1', 'p of s2: father, 1'])
  const bare = await importFiles({ 'orgs.csv': orgs, 'users.csv': 'sourcedId,givenName,familyName\np,Paul,Abara\n' })
  expect(bare.texts.warnings).toEqual([])
  expect(await found('guardians', school, 'p')).toMatchObject({ familyName: 'Abara', phone: '2' })
})

test('a delta that names the parent’s school alone finds his child in another one of the same source', async () => {
  const orgs = 'sourcedId,name,type\nfir,Fir,school\nyew,Yew,school\n'
  const [first, second] = ['fir-1,,fir,student,Amara,Abara,,,,', 'yew-1,,yew,student,Ben,Abara,,,,']
  await importFiles({ 'orgs.csv': orgs, 'users.csv': usersFile(first, second) }, { source: 'woods' })
  const classes = 'sourcedId,title,schoolSourcedId\nc,Art,fir\n'
  const users = usersFile('fir-p,,fir,parent,Pat,Abara,,,,"fir-1,yew-1"')
  const { texts } = await importFiles({ 'classes.csv': classes, 'users.csv': users }, { source: 'woods' })
  expect(texts.warnings).toEqual([])
  expect([await linksIn('fir'), await linksIn('yew')]).toEqual([
    ['fir-p of fir-1: parent, 1'],
    ['fir-p of yew-1: parent, 1'],
  ])
})

test('the guardian of a student who was merged away is the guardian of the one she went into', async () => {
  const files = (agents: string) =>
    only(
      'melted',
      's1,,melted,student,A,A,,,,',
      `s2,,melted,student,A,A,,,,${agents}`,
      'p,,melted,parent,P,A,,,,',
      'q,,melted,parent,Q,A,,,,s1',
    )
  await importFiles(files('q'))
  const [gone, kept] = [await found('students', 'melted', 's2'), await found('students', 'melted', 's1')]
  const registrar = await registrarOf('melted')
  await registrar.students.merge({ id: gone.id, version: gone.version, intoId: kept.id, intoVersion: kept.version })
  await importFiles(files('"q,p"'))
  expect(await linksIn('melted')).toEqual(['p of s1: parent, 2', 'q of s1: parent, 1'])
  expect((await importFiles(files('"q,p"'))).totals.studentGuardian).toMatchObject({ new: 0, changed: 0, same: 2 })
})

test('the agents and phones of students and teachers are kept with them, as before', async () => {
  await importFiles(only('beside', 's,,beside,student,A,A,,12,34,t', 't,,beside,teacher,T,T,,56,,'))
  expect((await found('students', 'beside', 's')).extra).toMatchObject({ phone: '12', sms: '34', agentSourcedIds: 't' })
  expect((await found('instructors', 'beside', 't')).extra).toMatchObject({ phone: '56' })
})

test('a phone number too long for one is kept beside, with a warning', async () => {
  const long = '5'.repeat(51)
  const { texts } = await importFiles(only('long', 's,,long,student,A,A,,,,p', `p,,long,parent,P,A,,${long},7,`))
  expect(texts.warnings).toEqual([
    'users.csv, line 3, column phone: has more than 50 characters: kept, but not as a phone number',
  ])
  expect(await found('guardians', 'long', 'p')).toMatchObject({ phone: '7', otherPhone: null, extra: { phone: long } })
})
