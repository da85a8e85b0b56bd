import { v7 } from 'uuid'

export const instanceId = v7()
