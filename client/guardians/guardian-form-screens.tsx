import { createGuardianInput } from '../../server/guardians/input.ts'
import { alikeAtMost } from '../../server/records/input.ts'
import { useWords } from '../messages/messages.tsx'
import { formScreens } from '../paste/form-screens.tsx'
import type { Person } from '../paste/use-known.ts'
import { inParts, useParts } from '../paste/use-known.ts'
import { formOf, personFields } from '../records/form-of.ts'
import { useTrpc } from '../school.tsx'
import type { Guardian } from './guardian-kind.ts'
import { guardianKind, guardianWords } from './guardian-kind.ts'

const shape = formOf<Guardian>()({
  name: 'guardian',
  schema: createGuardianInput,
  fields: {
    ...personFields,
    phone: { is: 'text', section: 'contact', keyboard: 'tel' },
    otherPhone: { is: 'text', keyboard: 'tel' },
    email: { is: 'email', isWhole: true },
  },
  useLegends() {
    const { name, contact } = useWords(guardianWords)
    return { name, contact }
  },
})
export const { pasteKind, NewPage, EditPage, PastePage } = formScreens({
  kind: guardianKind,
  shape,
  useAlike({ names }) {
    const { guardians } = useTrpc()
    const people = names as Person[]
    return useParts(inParts(people, alikeAtMost).map((part) => guardians.alike.queryOptions({ people: part })))
  },
})
