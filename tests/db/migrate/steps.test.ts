import { expect, test } from 'vitest'
import { migrationFiles } from '../../../db/migration-files.ts'
import { emptyDatabase } from '../empty-database.ts'
import { outsider } from '../outsider.ts'

const first = `
  insert into schools (id, name, slug, time_zone, locale) values (1, 'One', 'one', 'UTC', 'en');
  insert into students (school_id, id, given_name, family_name, sort_name, search_text)
    values (1, '01890000-0000-7000-8000-000000000001', 'Amara', 'Abara', 'abara', 'amara');
  insert into classes (school_id, id, title, sort_name) values (1, '01890000-0000-7000-8000-000000000002', 'Art', 'art');
  insert into enrollments (school_id, id, student_id, class_id, status, grade) values (1,
    '01890000-0000-7000-8000-000000000003', '01890000-0000-7000-8000-000000000001',
    '01890000-0000-7000-8000-000000000002', 'enrolled', 'A');
  insert into meetings (school_id, id, class_id, weekday, start_time, end_time, valid_from) values (1,
    '01890000-0000-7000-8000-000000000004', '01890000-0000-7000-8000-000000000002', 1, '09:00', '10:00', '2026-09-01')`

test('a register begun with the first step keeps its rows through all the others, and new fields are empty', async () => {
  const database = await emptyDatabase()
  try {
    const [begin] = migrationFiles('drizzle')
    await database.runner.migrate(begin ? [begin] : [])
    const asked = outsider(database.url)
    for (const statement of first.split(';')) await asked.rows(statement)
    await database.runner.migrate(migrationFiles('drizzle'))
    expect(await asked.rows('select given_name, status, merged_into_id from students')).toEqual([
      { given_name: 'Amara', status: 'active', merged_into_id: null },
    ])
    expect(await asked.rows('select status, grade, waitlist_position, note from enrollments')).toEqual([
      { status: 'enrolled', grade: 'A', waitlist_position: null, note: null },
    ])
    expect(await asked.rows('select start_time, override_reason from meetings')).toEqual([
      { start_time: '09:00', override_reason: null },
    ])
    await asked.close()
  } finally {
    await database.remove()
  }
})
