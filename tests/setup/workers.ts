import { availableParallelism } from 'node:os'

/** How many test files run at once: one more than there are cores, since tests also wait. */
export const workers = Math.min(availableParallelism() + 1, 5)
