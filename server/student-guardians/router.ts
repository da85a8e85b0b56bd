import { seenInput } from '../records/input.ts'
import { reading, router, writing } from '../trpc.ts'
import { archiveStudentGuardian, restoreStudentGuardian } from './archive.ts'
import { createStudentGuardian } from './create.ts'
import { createStudentGuardianInput, listStudentGuardiansInput, updateStudentGuardianInput } from './input.ts'
import { listStudentGuardians } from './read.ts'
import { updateStudentGuardian } from './update.ts'

/** Every change answers all guardians of the student, in the order of calling. */
export const studentGuardiansRouter = router({
  list: reading('guardian.read')
    .input(listStudentGuardiansInput)
    .query(({ ctx, input }) => listStudentGuardians(ctx, input)),
  create: writing('guardian.write')
    .input(createStudentGuardianInput)
    .mutation(({ ctx, input }) => createStudentGuardian(ctx, input)),
  update: writing('guardian.write')
    .input(updateStudentGuardianInput)
    .mutation(({ ctx, input }) => updateStudentGuardian(ctx, input)),
  archive: writing('guardian.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => archiveStudentGuardian(ctx, input)),
  restore: writing('guardian.write')
    .input(seenInput)
    .mutation(({ ctx, input }) => restoreStudentGuardian(ctx, input)),
})
