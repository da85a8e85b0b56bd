/** A person's record keeps the rows of roles.csv that are about it. */

import type { PlannedSchool } from '../comparison/schools.ts'
import type { RoleAt } from './held-roles.ts'

export function keptRoles(roles: readonly RoleAt[], school: PlannedSchool): string | undefined {
  const rows = roles
    .filter(({ row: { file, status } }) => /roles\.csv$/i.test(file) && status !== 'tobedeleted')
    .filter(({ org }) => !org || org === school.sourcedId)
    .map(({ row: { fields, extra } }) => {
      const { userSourcedId: _, ...kept } = fields
      return { ...kept, ...extra }
    })
  return rows.length ? JSON.stringify(rows) : undefined
}
