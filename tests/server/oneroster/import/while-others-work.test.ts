import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Plan } from '../../../../server/oneroster/compare.ts'
import { onPostgres, outsider, until } from '../../../db/outsider.ts'
import { as, db, makePerson, now } from '../../../setup/people.ts'
import { run } from '../../../setup/server.ts'
import type { Files } from '../bundle.ts'
import { enrollmentsFile, folderOf, found, importFiles, rowsIn, schoolOf, smallSchool } from '../bundle.ts'

const forEach = (text: string, orgs: readonly string[]) => {
  const [header, ...rows] = text.trim().split('\n')
  return [header, ...orgs.flatMap((org) => rows.map((row) => row.replaceAll('ORG', org)))].join('\n')
}
/** `smallSchool` for each of the organizations, each with people, a class and seats of its own. */
function twoSchools(one: string, other: string): Files {
  const own = smallSchool('ORG', {
    'users.csv': `sourcedId,orgSourcedIds,role,givenName,familyName,identifier\nORG-s1,ORG,student,Amara,Abara,100\n`,
    'classes.csv': 'sourcedId,title,schoolSourcedId\nORG-c1,Art 1,ORG\n',
    'enrollments.csv': enrollmentsFile('ORG-e1,,ORG-c1,ORG-s1,student,,,'),
  })
  const { 'academicSessions.csv': _, 'courses.csv': __, ...files } = own
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, forEach(String(text), [one, other])]))
}

const importer = (files: Files) => {
  const script = join(import.meta.dirname, 'import-step-by-step.ts')
  return run(['--import', 'tsx', script, folderOf(files), now.toISOString()], {}, [process.execPath])
}
async function registrarOf(org: string) {
  const school = await schoolOf(org)
  if (!school) throw new Error('no school')
  return as(await makePerson(school, 'registrar'))
}
const entriesOf = async (org: string) =>
  (await rowsIn('journal', org)).map(({ entity, version }) => `${entity} ${version}`)

const retries = () => db.load().find(({ name }) => name === 'busy_retries_total')?.value ?? 0

/** Whether a save of this process has found the lock taken, after so many tries that others had found it so before. */
async function waits(before: number): Promise<boolean> {
  if (!onPostgres) return retries() > before
  const watcher = outsider()
  const waiting = await watcher.rows("select 1 from pg_locks where locktype = 'advisory' and not granted")
  await watcher.close()
  return waiting.length > 0
}

test('a save while another process writes the import into its school waits, succeeds and comes after it', async () => {
  await importFiles(smallSchool('waits'))
  const registrar = await registrarOf('waits')
  const { id, version } = await found('students', 'waits', 's1')
  const before = (await entriesOf('waits')).length
  const files = smallSchool('waits')
  const { child, untilSaid, ended } = importer({
    ...files,
    'courses.csv': String(files['courses.csv']).replace('Art', 'Fine art'),
  })
  await untilSaid('holds waits')
  const tried = retries()
  const saved = registrar.students.update({ id, version, preferredName: 'Ama' })
  await Promise.race([until(() => waits(tried)), saved])
  expect(await entriesOf('waits')).toHaveLength(before)
  child.stdin.end('go on\n')
  await expect(saved).resolves.toMatchObject({ version: version + 1 })
  expect((await entriesOf('waits')).slice(before)).toEqual(['course 2', 'student 2'])
  expect(await ended).toBe(0)
})

test('an import that is killed between two schools has written the first whole; the next one writes the second', async () => {
  const files = twoSchools('lasts', 'follows')
  const { child, untilSaid, ended } = importer(files)
  await untilSaid('holds lasts')
  child.stdin.write('go on\n')
  await untilSaid('holds follows')
  const first = await entriesOf('lasts')
  expect(first).toEqual(['school 1', 'student 1', 'class 1', 'enrollment 1'])
  child.stdin.write('die\n')
  expect(await ended).toBe('SIGKILL')
  expect(await schoolOf('follows')).toBeUndefined()
  const { totals } = await importFiles(files)
  expect(totals).toMatchObject({ school: { new: 1, same: 1 }, enrollment: { new: 1, same: 1 } })
  expect(await entriesOf('lasts')).toEqual(first)
  expect(await entriesOf('follows')).toEqual(first)
})

test('a school that staff change meanwhile is compared again; the others are written already, and all are counted once', async () => {
  await importFiles(twoSchools('stirred', 'calm'))
  const registrar = await registrarOf('stirred')
  const comparisons: Plan[] = []
  const files = twoSchools('stirred', 'calm')
  const titles = { 'classes.csv': String(files['classes.csv']).replaceAll('Art', 'Fine art') }
  const { totals } = await importFiles(
    { ...files, ...titles },
    {
      async onCompared(plan) {
        comparisons.push(plan)
        if (comparisons.length === 1) await registrar.students.create({ givenName: 'By', familyName: 'Hand' })
      },
    },
  )
  expect(comparisons.map((plan) => plan.totals.class)).toMatchObject([
    { changed: 2, same: 0 },
    { changed: 1, same: 1 },
  ])
  expect(totals.class).toEqual({ new: 0, changed: 2, same: 0, archived: 0 })
  expect((await rowsIn('classes', 'stirred')).map(({ title }) => title)).toEqual(['Fine art 1'])
  expect((await entriesOf('stirred')).slice(-2)).toEqual(['student 1', 'class 2'])
})

test('what staff say of a person meanwhile stays without another comparison, where the bundle changes nothing of her', async () => {
  const files = smallSchool('aside')
  await importFiles(files)
  const registrar = await registrarOf('aside')
  const { id, version } = await found('students', 'aside', 's1')
  let comparisons = 0
  const onCompared = async () => {
    comparisons++
    if (comparisons === 1) await registrar.students.update({ id, version, preferredName: 'Ama' })
  }
  await importFiles(
    { ...files, 'courses.csv': String(files['courses.csv']).replace('Art', 'Fine art') },
    { onCompared },
  )
  expect(comparisons).toBe(1)
  expect(await found('students', 'aside', 's1')).toMatchObject({ preferredName: 'Ama', version: 2 })
  expect(await rowsIn('courses', 'aside')).toMatchObject([{ title: 'Fine art' }])
})

test('where a change meanwhile makes a row wrong, its school is left and named as such; what was written is told as written', async () => {
  const enrollments = (begin: string) =>
    ['left', 'taken']
      .map((org) => `${org}-e1,${org}-c1,${org}-s1,student,${begin}`)
      .reduce((text, row) => `${text}${row}\n`, 'sourcedId,classSourcedId,userSourcedId,role,beginDate\n')
  const files = (begin: string) => ({ ...twoSchools('left', 'taken'), 'enrollments.csv': enrollments(begin) })
  await importFiles(files('2026-08-31'))
  const registrar = await registrarOf('left')
  const { id, version } = await found('enrollments', 'left', 'left-e1')
  const onCompared = async () => {
    await registrar.enrollments.update({ id, version, endDate: '2026-09-15' }).catch(() => {})
  }
  const { isApplied, rejected, notes } = await importFiles(files('2026-10-01'), { onCompared })
  expect([isApplied, rejected.total]).toEqual([true, 1])
  expect(notes).toContainEqual(expect.stringContaining('Some schools were changed meanwhile and are left as they were'))
  expect(await found('enrollments', 'left', 'left-e1')).toMatchObject({
    beginDate: '2026-08-31',
    endDate: '2026-09-15',
  })
  expect(await found('enrollments', 'taken', 'taken-e1')).toMatchObject({ beginDate: '2026-10-01' })
})
