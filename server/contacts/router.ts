import { call, reading, router } from '../trpc.ts'
import { listContactsInput } from './input.ts'
import { listContacts } from './list.ts'

export const contactsRouter = router({
  list: reading('guardian.read').input(listContactsInput).query(call(listContacts)),
})
