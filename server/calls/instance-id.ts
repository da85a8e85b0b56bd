import { v7 } from 'uuid'

/** The id names this process in its log and in the database, for as long as it runs. */
export const instanceId = v7()
