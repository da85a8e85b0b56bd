import { call, reading, router, writing } from '../trpc.ts'
import { findFlagPeople } from './find-people.ts'
import { findFlagPeopleInput, flagInput, setFlagInput, undoFlagInput } from './input.ts'
import { listFlagsHere, readFlag } from './read.ts'
import { setFlag, undoFlag } from './set.ts'

/** What changes a flag, or names people of other schools, is for owners of the register alone, which each looks at. */
export const flagsRouter = router({
  list: reading('flag.read').query(({ ctx }) => listFlagsHere(ctx)),
  get: reading('flag.read').input(flagInput).query(call(readFlag)),
  findPeople: reading('flag.write').input(findFlagPeopleInput).query(call(findFlagPeople)),
  set: writing('flag.write').input(setFlagInput).mutation(call(setFlag)),
  undo: writing('flag.write').input(undoFlagInput).mutation(call(undoFlag)),
})
