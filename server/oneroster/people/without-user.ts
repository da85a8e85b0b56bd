/** A delta holds only what changed, so a user's own row may be missing. */
import { sexIn } from '../../../db/values.ts'
import type { Comparison } from '../comparison/comparison.ts'
import { extraOf, hasColumnIn, inFile } from '../comparison/keep.ts'
import type { Row } from '../read/row.ts'
import { columnsOf } from '../read/stage.ts'
import type { PersonEntity } from './placement.ts'

const compared = ['student', 'instructor', 'guardian'] as const

function compareKnown(comparison: Comparison, entity: PersonEntity | 'guardian', user: string, row: Row): boolean {
  const { staged } = comparison
  const { birthDate, sex = '' } = row.fields
  const schools = comparison.schoolsWith(entity, user)
  for (const school of schools) {
    if (comparison.isMerged(entity, school, user)) continue
    const id = comparison.idOf(entity, school, user)
    const before = id === undefined ? undefined : comparison.row(entity, school, id)
    const isStudent = entity === 'student'
    comparison.settle(entity, school, id, {
      archived: Boolean(before?.archivedAt),
      hasColumn: hasColumnIn(staged, row, 'demographics'),
      fields: {
        ...(isStudent &&
          inFile<unknown>(columnsOf(staged, 'demographics', row), {
            birthDate: ['birthDate', birthDate ?? null],
            sex: ['sex', sexIn(sex) ?? null],
          })),
        extra: {
          ...extraOf({ ...row, status: 'active' }),
          ...(!isStudent && birthDate && { birthDate }),
          ...(sex && !(isStudent && sexIn(sex)) && { sex }),
        },
      },
    })
  }
  return schools.length > 0
}

export function compareWithoutUser(comparison: Comparison): void {
  const { rows } = comparison.staged
  for (const [user, row] of rows.demographics.entries()) {
    if (rows.users.has(user) || row.status === 'tobedeleted') continue
    const known = compared.filter((entity) => compareKnown(comparison, entity, user, row))
    if (known.length || compared.some((entity) => comparison.isAmbiguous(entity, user, row))) continue
    comparison.report.warn(
      row,
      `there is no user ${user}, neither in users.csv nor in one school's register: left out`,
      'userSourcedId',
    )
  }
  for (const [, row] of rows.roles.entries()) {
    const { userSourcedId: user = '' } = row.fields
    if (!rows.users.has(user) && row.status !== 'tobedeleted')
      comparison.report.warn(
        row,
        `there is no user ${user} in users.csv: a role is read with its user`,
        'userSourcedId',
      )
  }
}
