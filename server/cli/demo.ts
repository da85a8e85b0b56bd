import { demoSchoolName, fillDemoSchool, findDemoSchool } from '../demo/fill.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { withDatabase } from './database.ts'
import { say } from './terminal.ts'

const mostStudents = 200_000

function studentsWanted(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text) || Number(text) > mostStudents)
    throw new UsageError(`--students takes a whole number from 1 to ${mostStudents}, not ${text}`)
  return Number(text)
}

export const command = defineCommand({
  summary: 'make a school with invented people, for trying Homeroom out',
  usage: 'demo [--students N] [--json]',
  options: {
    students: { type: 'string', help: 'how many students (900)' },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  async run({ students, json }) {
    const wanted = studentsWanted(students ?? '900')
    await withDatabase(async (db) => {
      const slug = await findDemoSchool(db)
      if (slug) throw new CommandError(`${demoSchoolName} is there already, at /${slug}: nothing was changed`)
      const { school, ...counts } = await fillDemoSchool(db, { students: wanted })
      await db.optimize()
      if (json) return say(JSON.stringify({ school: school.slug, isDemo: true, ...counts }))
      say(
        `${school.name} is at /${school.slug}: ${counts.students} students, ${counts.instructors} instructors, ${counts.classes} classes.`,
      )
      say('It is demo data: every person in it is invented.')
    })
  },
})
