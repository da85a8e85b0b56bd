import { guardians } from '../../db/schema/index.ts'
import { searchText, sortName } from '../people.ts'
import type { Kind, RowOf } from '../records/kind.ts'

export type GuardianRow = RowOf<typeof guardians>

/** '(614) 555-0100' is found as '6145550100' too. */
const digits = (phone: string | null) => phone?.replace(/\D/g, '')

export const guardianKind: Kind<typeof guardians> = {
  entity: 'guardian',
  table: guardians,
  notFound: 'guardian.not_found',
  stale: 'guardian.stale',
  derive: (guardian) => {
    const { email, phone, otherPhone } = guardian
    return {
      sortName: sortName(guardian),
      searchText: searchText(guardian, email, phone, digits(phone), otherPhone, digits(otherPhone)),
    }
  },
}
