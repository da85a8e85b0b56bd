/** A district: 25,000 students in 40 schools with 200,000 enrollments, read with less memory than the rows would need. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'homeroom-district-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const schools = 40
const studentsEach = 625
const classesEach = 200

async function write(name: string, header: string, rows: () => Generator<string>): Promise<void> {
  const file = await open(join(folder, `${name}.csv`), 'w')
  let text = `${header}\n`
  for (const row of rows()) {
    text += `${row}\n`
    if (text.length > 100_000) {
      await file.write(text)
      text = ''
    }
  }
  await file.write(text)
  await file.close()
}

function* everySchool(row: (school: number) => Iterable<string>): Generator<string> {
  for (let school = 0; school < schools; school++) yield* row(school)
}
function* repeat(times: number, row: (n: number) => Iterable<string>): Generator<string> {
  for (let n = 0; n < times; n++) yield* row(n)
}

beforeAll(async () => {
  await write('orgs', 'sourcedId,name,type', () => everySchool((s) => [`o${s},School ${s},school`]))
  await write('classes', 'sourcedId,title,schoolSourcedId', () =>
    everySchool((s) => repeat(classesEach, (c) => [`c${s}-${c},Class ${c},o${s}`])),
  )
  await write('users', 'sourcedId,orgSourcedIds,role,givenName,familyName,identifier', () =>
    everySchool((s) => repeat(studentsEach, (n) => [`u${s}-${n},o${s},student,Élodie,Müller ${n},${n}`])),
  )
  await write('enrollments', 'sourcedId,classSourcedId,userSourcedId,role,beginDate,endDate', () =>
    everySchool((s) =>
      repeat(studentsEach, (n) =>
        repeat(8, (k) => [
          `e${s}-${n}-${k},c${s}-${(n + 13 * k) % classesEach},u${s}-${n},student,2026-08-31,2027-06-18`,
        ]),
      ),
    ),
  )
})

const importDistrict = async () => {
  const command = ['--max-old-space-size=160', '--import', 'tsx', 'server/cli/homeroom.ts', 'import', folder, '--json']
  const begun = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: 1e8 })
  return { result: JSON.parse(stdout), seconds: Math.round((performance.now() - begun) / 1000) }
}

test('a district is imported in 160 MB of heap, and its second run changes nothing', async () => {
  const first = await importDistrict()
  expect(first.result.totals).toMatchObject({ student: { new: 25_000 }, enrollment: { new: 200_000 } })
  const again = await importDistrict()
  expect(again.result.totals).toMatchObject({
    student: { same: 25_000 },
    enrollment: { same: 200_000, changed: 0, new: 0 },
  })
  console.log(`import ${first.seconds} s, again ${again.seconds} s`)
  // Smoke alarms: measured are a minute and half a minute.
  expect(first.seconds).toBeLessThan(300)
  expect(again.seconds).toBeLessThan(150)
})
