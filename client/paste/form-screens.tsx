import { EditRecord } from '../records/edit-record.tsx'
import type { FormValues } from '../records/form-shape.ts'
import { NewRecord } from '../records/new-record.tsx'
import type { AnyRecord } from '../records/record-kind.ts'
import type { PasteKind } from './paste-kind.ts'
import { PastePage } from './paste-later.tsx'

/** The screens that a kind's form makes: for a new record, for one that is changed, and for many that are pasted as it says. */
export const formScreens = <R extends AnyRecord, V extends FormValues>(form: PasteKind<R, V>) => ({
  pasteKind: form,
  NewPage: () => <NewRecord {...form} />,
  EditPage: () => <EditRecord {...form} />,
  PastePage: () => <PastePage {...form} />,
})
