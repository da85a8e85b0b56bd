import { byId } from '../input.ts'
import { archiveInput, eraseInput, seenInput } from '../records/input.ts'
import { call, readById, reading, router, writing } from '../trpc.ts'
import { findAlikeGuardians } from './alike.ts'
import { eraseGuardian } from './erase.ts'
import {
  alikeGuardiansInput,
  archiveManyGuardiansInput,
  countGuardiansInput,
  createGuardianInput,
  createManyGuardiansInput,
  listGuardiansInput,
  restoreManyGuardiansInput,
  updateGuardianInput,
} from './input.ts'
import { guardianList } from './list.ts'
import { readGuardian } from './read.ts'
import { guardianVerbs, manyGuardians } from './write.ts'

export const guardiansRouter = router({
  list: reading('guardian.read').input(listGuardiansInput).query(call(guardianList.page)),
  count: reading('guardian.read').input(countGuardiansInput).query(call(guardianList.count)),
  get: reading('guardian.read').input(byId).query(readById(readGuardian)),
  alike: reading('guardian.write').input(alikeGuardiansInput).query(call(findAlikeGuardians)),
  create: writing('guardian.write').input(createGuardianInput).mutation(call(guardianVerbs.create)),
  update: writing('guardian.write').input(updateGuardianInput).mutation(call(guardianVerbs.update)),
  archive: writing('guardian.write').input(archiveInput).mutation(call(guardianVerbs.archive)),
  restore: writing('guardian.write').input(seenInput).mutation(call(guardianVerbs.restore)),
  erase: writing('person.erase').input(eraseInput).mutation(call(eraseGuardian)),
  createMany: writing('guardian.write').input(createManyGuardiansInput).mutation(call(manyGuardians.create)),
  archiveMany: writing('guardian.write').input(archiveManyGuardiansInput).mutation(call(manyGuardians.archive)),
  restoreMany: writing('guardian.write').input(restoreManyGuardiansInput).mutation(call(manyGuardians.restore)),
})
