import { byId } from '../input.ts'
import { archiveInput, seenInput } from '../records/input.ts'
import { call, readById, reading, writing } from '../trpc.ts'
import { findAlikeClasses } from './alike.ts'
import { archiveClass, restoreClass } from './archive.ts'
import { createClass } from './create.ts'
import {
  alikeClassesInput,
  archiveManyClassesInput,
  countClassesInput,
  createClassInput,
  createManyClassesInput,
  listClassesInput,
  restoreManyClassesInput,
  updateClassInput,
  updateManyClassesInput,
} from './input.ts'
import { classList } from './list.ts'
import { manyClasses } from './many.ts'
import { readClass } from './read.ts'
import { updateClass } from './update.ts'

export const classesProcedures = {
  list: reading('class.read').input(listClassesInput).query(call(classList.page)),
  count: reading('class.read').input(countClassesInput).query(call(classList.count)),
  get: reading('class.read').input(byId).query(readById(readClass)),
  alike: reading('class.write').input(alikeClassesInput).query(call(findAlikeClasses)),
  create: writing('class.write').input(createClassInput).mutation(call(createClass)),
  update: writing('class.write').input(updateClassInput).mutation(call(updateClass)),
  archive: writing('class.write').input(archiveInput).mutation(call(archiveClass)),
  restore: writing('class.write').input(seenInput).mutation(call(restoreClass)),
  createMany: writing('class.write').input(createManyClassesInput).mutation(call(manyClasses.create)),
  updateMany: writing('class.write').input(updateManyClassesInput).mutation(call(manyClasses.update)),
  archiveMany: writing('class.write').input(archiveManyClassesInput).mutation(call(manyClasses.archive)),
  restoreMany: writing('class.write').input(restoreManyClassesInput).mutation(call(manyClasses.restore)),
}
