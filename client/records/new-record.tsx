import { useNavigate } from '@tanstack/react-router'
import type { ComponentType, ReactNode } from 'react'
import { useCallback } from 'react'
import type { Reason } from '../../server/errors.ts'
import { addressOf } from '../addresses.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { PageHead } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { operationIdOf } from '../undo/own-operations.ts'
import { useGoingBack } from '../use-going-back.ts'
import { DraftNotice } from './draft-notice.tsx'
import { FormFields } from './form-fields.tsx'
import type { FormShape, FormValues } from './form-shape.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { RecordForm } from './record-form.tsx'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { useKindWords } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import { useCreate } from './use-create.ts'
import type { RecordFormState } from './use-record-form.ts'

export interface FormPageProps<R extends AnyRecord, V extends FormValues> {
  kind: RecordKind<R>
  shape: FormShape<R, V>
  /** Where some fields are shown in a way of their own. */
  fields?(state: RecordFormState<V>, record?: R): ReactNode
}

/** A refusal that an answer lifts: what was typed is saved again together with the answer. */
export interface Question {
  refusal: Reason
  Ask: ComponentType<{ details: unknown; isBusy: boolean; onAnswer(input: object): void }>
}

interface NewRecordProps<R extends AnyRecord, V extends FormValues> extends FormPageProps<R, V> {
  /** What the form begins with, where it is more than nothing. */
  initial?: V
  /** Beside the title: another way to add. */
  aside?: ReactNode
}

export function NewRecord<R extends AnyRecord, V extends FormValues>(props: NewRecordProps<R, V>) {
  const { kind, shape, fields, initial, aside } = props
  const words = useKindWords(kind)
  const { form } = useWords(recordWords)
  const { slug, name } = useSchool()
  const navigate = useNavigate()
  usePageTitle(words.add, name)
  const cancel = useGoingBack(
    useCallback(
      () => void navigate({ to: addressOf(kind), params: { school: slug }, replace: true }),
      [navigate, kind, slug],
    ),
  )
  const say = useUndo()
  const create = useCreate(
    kind,
    shape,
    (record) => {
      say(form.addedToast(kind.nameOf(record)), operationIdOf(record))
      void navigate({
        to: addressOf(kind, '/$id'),
        params: { school: slug, id: record.id },
        replace: true,
      })
    },
    initial ? { initial } : {},
  )
  return (
    <div className="page">
      <PageHead title={words.add} aside={aside} />
      <RecordForm
        state={create.state}
        submitLabel={words.add}
        isBusy={create.isBusy}
        onSave={create.save}
        onCancel={cancel}
        notice={create.isBack && <DraftNotice onStartOver={create.startOver} />}
      >
        {fields?.(create.state) ?? <FormFields state={create.state} shape={shape} />}
      </RecordForm>
      <LeaveGuard isUnsaved={create.isUnsaved} draft={create.draft} />
    </div>
  )
}
