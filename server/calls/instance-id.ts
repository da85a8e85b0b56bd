import { v7 } from 'uuid'

/** This process, for as long as it runs: in its log, and in what it says of itself in the database. */
export const instanceId = v7()
