import { Button } from '@mantine/core'
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs'
import IconRestore from '@tabler/icons-react/dist/esm/icons/IconArchiveOff.mjs'
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs'
import { addressOf } from '../addresses.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice } from '../ui/page.tsx'
import { EraseAction } from './erasing/erase-action.tsx'
import { InUseDialog } from './in-use-dialog.tsx'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { recordWords } from './record-words.ts'
import { useArchiving } from './use-archiving.ts'

interface RecordActionsProps<R extends AnyRecord> {
  kind: RecordKind<R>
  record: R
  isPrimary?: boolean
}

function EditLink<R extends AnyRecord>({ kind, record, isPrimary = false }: RecordActionsProps<R>) {
  const { form } = useWords(recordWords)
  const { slug } = useSchool()
  return (
    <LinkButton
      variant={isPrimary ? 'filled' : 'default'}
      className={isPrimary ? 'within-reach' : ''}
      to={addressOf(kind, '/$id/edit')}
      params={{ school: slug, id: record.id }}
      state={{ wasOpenedHere: true }}
      leftSection={<IconPencil size={15} aria-hidden />}
    >
      {form.edit}
    </LinkButton>
  )
}

/** What the office may do with a record; nothing for others. */
export function RecordActions<R extends AnyRecord>(props: RecordActionsProps<R>) {
  const { kind, record } = props
  const { archiving: words } = useWords(recordWords)
  const mayWrite = useMay(kind.write)
  const archiving = useArchiving(kind)
  if (!mayWrite || record.erasedAt) return null
  if (record.archivedAt)
    return (
      <>
        <EraseAction kind={kind} record={record} />
        <Button
          variant="default"
          disabled={archiving.isBusy}
          leftSection={<IconRestore size={15} aria-hidden />}
          onClick={() => archiving.restore(record)}
        >
          {words.restore}
        </Button>
      </>
    )
  return (
    <>
      <Button
        variant="default"
        disabled={archiving.isBusy}
        leftSection={<IconArchive size={15} aria-hidden />}
        onClick={() => archiving.archive(record)}
      >
        {words.archive}
      </Button>
      <EditLink {...props} />
      <InUseDialog kind={kind} archiving={archiving} />
    </>
  )
}

/** Since when the record is archived, or nothing is known any more of the person; nothing while it is in use. */
export function ArchivedNotice({ archivedAt, erasedAt }: Pick<AnyRecord, 'archivedAt' | 'erasedAt'>) {
  const formats = useFormats()
  const { archiving: words } = useWords(recordWords)
  if (!archivedAt) return null
  return (
    <Notice tone="warn">
      <p>{erasedAt ? words.isErased(formats.instant(erasedAt)) : words.isArchived(formats.instant(archivedAt))}</p>
    </Notice>
  )
}
