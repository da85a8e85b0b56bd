import { seenInput } from '../records/input.ts'
import { call, reading, router, writing } from '../trpc.ts'
import { archiveStudentGuardian, restoreStudentGuardian } from './archive.ts'
import { createStudentGuardian } from './create.ts'
import { createStudentGuardianInput, listStudentGuardiansInput, updateStudentGuardianInput } from './input.ts'
import { listStudentGuardians } from './read.ts'
import { updateStudentGuardian } from './update.ts'

/** Every change answers all guardians of the student, in the order of calling. */
export const studentGuardiansRouter = router({
  list: reading('guardian.read').input(listStudentGuardiansInput).query(call(listStudentGuardians)),
  create: writing('guardian.write').input(createStudentGuardianInput).mutation(call(createStudentGuardian)),
  update: writing('guardian.write').input(updateStudentGuardianInput).mutation(call(updateStudentGuardian)),
  archive: writing('guardian.write').input(seenInput).mutation(call(archiveStudentGuardian)),
  restore: writing('guardian.write').input(seenInput).mutation(call(restoreStudentGuardian)),
})
