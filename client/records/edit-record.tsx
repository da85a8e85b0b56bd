import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import { addressOf } from '../addresses.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useWords } from '../messages/messages.tsx'
import type { Opened } from '../presences/use-presence.ts'
import { useSchool } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Notice, PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { operationIdOf } from '../undo/own-operations.ts'
import { useGoingBack } from '../use-going-back.ts'
import { DraftNotice } from './draft-notice.tsx'
import { FormFields } from './form-fields.tsx'
import type { FormValues } from './form-shape.ts'
import { LeaveGuard } from './leave-guard.tsx'
import type { FormPageProps, Question } from './new-record.tsx'
import { OthersHere } from './others-here.tsx'
import { RecordConflict } from './record-conflict.tsx'
import { RecordForm } from './record-form.tsx'
import type { AnyRecord } from './record-kind.ts'
import { useProcedures } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import { useEdit } from './use-edit.ts'

interface EditRecordProps<R extends AnyRecord, V extends FormValues> extends FormPageProps<R, V> {
  question?: Question
}

function OpenedRecord<R extends AnyRecord, V extends FormValues>(props: EditRecordProps<R, V> & { record: R }) {
  const { kind, shape, fields, record, question } = props
  const { form: words, conflict } = useWords(recordWords)
  const { slug, name } = useSchool()
  const navigate = useNavigate()
  const { id } = record
  const leave = useGoingBack(
    useCallback(
      () => void navigate({ to: addressOf(kind, '/$id'), params: { school: slug, id }, replace: true }),
      [navigate, kind, slug, id],
    ),
  )
  const title = words.editTitle(kind.nameOf(record))
  usePageTitle(title, name)
  const say = useUndo()
  const edit = useEdit(
    kind,
    shape,
    record,
    (saved, isChanged) => {
      if (isChanged) say(words.savedToast(kind.nameOf(saved)), operationIdOf(saved))
      leave()
    },
    question?.refusal,
  )
  const { state, isBusy, save, asked } = edit
  return (
    <>
      <PageHead title={title} />
      <OthersHere entity={kind.entity as Opened['entity']} entityId={id} isEditing />
      <RecordForm
        state={state}
        submitLabel={words.save}
        isBusy={isBusy}
        onSave={save}
        onCancel={leave}
        notice={
          <>
            {edit.isBack && <DraftNotice onStartOver={edit.startOver} />}
            {edit.isBehind && <Notice tone="info">{conflict.behind}</Notice>}
            <RecordConflict edit={edit} shape={shape} />
            {question && asked && <question.Ask details={asked} isBusy={isBusy} onAnswer={edit.answer} />}
          </>
        }
      >
        {fields?.(state, record) ?? <FormFields state={state} shape={shape} record={record} />}
      </RecordForm>
      <LeaveGuard isUnsaved={edit.isUnsaved} draft={edit.draft} />
    </>
  )
}

/** The form opens on the record as it is now. What others change later does not change the form. */
export function EditRecord<R extends AnyRecord, V extends FormValues>(props: EditRecordProps<R, V>) {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const procedures = useProcedures(props.kind)
  const { data, error, isFetchedAfterMount } = useQuery(procedures.get.queryOptions({ id }, { staleTime: 0 }))
  return (
    <div className="page">
      {data && isFetchedAfterMount && <OpenedRecord key={id} {...props} record={data as R} />}
      {!isFetchedAfterMount && !error && <Waiting />}
      {!data && error && <NotRead isPage error={error} />}
    </div>
  )
}
