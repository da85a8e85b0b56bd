import { availableParallelism } from 'node:os'

/** How many test files run at once: two more than there are cores, since tests also wait. */
export const workers = Math.min(availableParallelism() + 2, 6)
/** A browser has processes of its own. */
export const browserWorkers = Math.min(availableParallelism() + 1, 5)
