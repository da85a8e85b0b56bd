import { studentAlerts } from '../../db/schema/index.ts'
import type { Kind } from '../records/kind.ts'

export const studentAlertKind: Kind<typeof studentAlerts> = {
  entity: 'studentAlert',
  table: studentAlerts,
  notFound: 'studentAlert.not_found',
  stale: 'studentAlert.stale',
}
