import { eq } from 'drizzle-orm'
import { searchWords } from '../../db/folding.ts'
import { guardians, studentGuardians } from '../../db/schema/index.ts'
import { countOf } from '../records/in-use.ts'
import { holds, pagedList } from '../records/paged-list.ts'

/** However its digits are set apart, a phone number is one word: '614-555' finds '(614) 555-0100'. */
const wordsOf = (search: string): string[] =>
  /^[\s\d+()./-]*\d[\s\d+()./-]*$/.test(search) ? [search.replace(/\D/g, '')] : searchWords(search)

export const guardianList = pagedList({
  table: guardians,
  wordsOf,
  conditions: (_, { words }) => [holds(guardians.searchText, words)],
  select: (db) =>
    db
      .select({
        id: guardians.id,
        givenName: guardians.givenName,
        middleName: guardians.middleName,
        familyName: guardians.familyName,
        preferredName: guardians.preferredName,
        email: guardians.email,
        phone: guardians.phone,
        otherPhone: guardians.otherPhone,
        students: countOf(db, studentGuardians, guardians.schoolId, eq(studentGuardians.guardianId, guardians.id)),
        version: guardians.version,
        sortName: guardians.sortName,
      })
      .from(guardians),
})
