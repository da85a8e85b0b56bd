import { guardians } from '../../db/schema/index.ts'
import { personNames, requireName } from '../people.ts'
import type { Kind } from '../records/declaration.ts'
import { emptied, person } from '../records/fields.ts'
import type { RowOf } from '../records/kind.ts'
import { personName } from '../records/naming.ts'

export type GuardianRow = RowOf<typeof guardians>

/** A search for '6145550100' finds '(614) 555-0100'. */
const digits = (phone: string | null) => phone?.replace(/\D/g, '')

export const guardianKind = {
  entity: 'guardian',
  table: guardians,
  notFound: 'guardian.not_found',
  stale: 'guardian.stale',
  read: 'guardian.read',
  naming: personName('guardian', guardians),
  require: requireName,
  derive: (guardian) => {
    const { email, phone, otherPhone } = guardian
    return personNames(guardian, email, phone, digits(phone), otherPhone, digits(otherPhone))
  },
  fields: {
    ...person,
    phone: { sees: 'all', erased: emptied },
    otherPhone: { sees: 'all', erased: emptied },
  },
  undo: { permission: 'guardian.write' },
} as const satisfies Kind<typeof guardians, 'erased'>
