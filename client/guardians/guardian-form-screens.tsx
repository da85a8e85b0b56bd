import { createGuardianInput } from '../../server/guardians/input.ts'
import { useWords } from '../messages/messages.tsx'
import { PastePage as Paste } from '../paste/paste-later.tsx'
import { EditRecord } from '../records/edit-record.tsx'
import { formOf, personFields } from '../records/form-of.ts'
import { NewRecord } from '../records/new-record.tsx'
import type { Guardian } from './guardian-kind.ts'
import { guardianKind, guardianWords } from './guardian-kind.ts'

const shape = formOf<Guardian>()({
  name: 'guardian',
  schema: createGuardianInput,
  fields: {
    ...personFields,
    phone: { is: 'text', section: 'contact' },
    otherPhone: { is: 'text' },
    email: { is: 'email', isWhole: true },
  },
  useLegends() {
    const { name, contact } = useWords(guardianWords)
    return { name, contact }
  },
})
const form = { kind: guardianKind, shape }

export const NewPage = () => <NewRecord {...form} />
export const EditPage = () => <EditRecord {...form} />
export const PastePage = () => <Paste {...form} />
