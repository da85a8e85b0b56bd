/** Every route, with every token, over two schools full of marked values: what comes out is searched for what that role must not see. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Route } from '../../../server/api/routes.ts'
import { routes } from '../../../server/api/routes.ts'
import { app, tokenOf } from '../../setup/api.ts'
import { entities, found, marks, rows } from '../../setup/marked-rows.ts'
import type { Viewer } from '../../setup/marked-school.ts'
import { makeMarkedSchools } from '../../setup/marked-school.ts'
import { db, now } from '../../setup/people.ts'
import type { Served } from '../../setup/server.ts'
import { serve } from '../../setup/server.ts'
import { maySee } from '../../setup/who-may-see.ts'

let served: Served
let viewers: Viewer[]
beforeAll(async () => {
  viewers = (await makeMarkedSchools()).viewers
  served = await serve(db, { now: () => now })
})
afterAll(async () => {
  await served.close()
  await db.close()
})

const reads = routes.filter(({ method }) => method === 'GET')
const kindOf: Record<string, string> = { studentId: 'student', classId: 'class' }
const kindsByPath: Record<string, string> = { classes: 'class', 'academic-sessions': 'academicSession' }
/** The addresses that a route has for the records of both schools. */
function addressesOf({ path }: Route): string[] {
  const [, named] = /\{(\w+)\}/.exec(path) ?? []
  const [, of = ''] = path.split('/')
  if (path === '/timetable') return ['room', 'instructor', 'time'].map((by) => `${path}?by=${by}&day=2026-11-20`)
  if (!named) return [path, `${path}?limit=500`, `${path}?archived=true`]
  const kind = kindOf[named] ?? kindsByPath[of] ?? of.replace(/s$/, '')
  return rows.filter(({ table }) => entities[table] === kind).map(({ id }) => path.replace(/\{\w+\}/, id))
}

test('no token tells what its member must not see, of any school, by whatever route', async () => {
  const leaks = new Set<string>()
  const seen = new Set<string>()
  let answered = 0
  for (const viewer of viewers) {
    const ask = app(served.url, await tokenOf(viewer.person))
    for (const route of reads)
      for (const address of addressesOf(route)) {
        const { status, body } = await ask(address)
        if (status === 429) throw new Error('the walk is longer than a token may ask: give each route one of its own')
        if (status === 200) answered++
        for (const mark of found(JSON.stringify(body))) {
          if (viewer.name === 'administrator') seen.add(`${mark.table}.${mark.column}`)
          if (!maySee(viewer, mark)) leaks.add(`${route.path} tells ${viewer.name} ${mark.table}.${mark.column}`)
        }
      }
  }
  expect([...leaks]).toEqual([])
  expect(answered).toBeGreaterThan(100)
  expect(seen).toContain('students.familyName')
  expect(seen).toContain('guardians.phone')
  expect(seen, 'a note of a screen is told to no app').not.toContain('enrollments.note')
  expect(marks.length).toBeGreaterThan(100)
})

test('with one scope a token tells only what that scope is for', async () => {
  const [administrator] = viewers
  if (!administrator) throw new Error('nobody looks')
  const ask = app(served.url, await tokenOf(administrator.person, ['student.read']))
  const told = new Set<string>()
  for (const route of reads)
    for (const address of addressesOf(route))
      for (const mark of found(JSON.stringify((await ask(address)).body))) told.add(`${mark.table}.${mark.column}`)
  const others = [...told].filter((column) => !/^(students|school_enrollments)\./.test(column))
  expect(others).toEqual([])
  for (const hidden of ['students.birthDate', 'students.medicalNote', 'students.previousSchool'])
    expect(told).not.toContain(hidden)
})
