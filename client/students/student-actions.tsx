import { Button } from '@mantine/core'
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs'
import IconRestore from '@tabler/icons-react/dist/esm/icons/IconArchiveOff.mjs'
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs'
import { Link } from '@tanstack/react-router'
import { useFormats, useMessages } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { Notice } from '../ui/page.tsx'
import type { Student } from './student-queries.ts'
import { useArchiving } from './use-archiving.ts'

/** What the office may do with a student; nothing for others. */
export function StudentActions({ student, isPrimary = false }: { student: Student; isPrimary?: boolean }) {
  const { student: words } = useMessages()
  const { slug } = useSchool()
  const mayWrite = useMay('student.write')
  const { archive, restore, isBusy } = useArchiving()
  if (!mayWrite) return null
  if (student.archivedAt)
    return (
      <Button
        variant="default"
        disabled={isBusy}
        leftSection={<IconRestore size={15} aria-hidden />}
        onClick={() => restore(student)}
      >
        {words.restore}
      </Button>
    )
  return (
    <>
      <Button
        variant="default"
        disabled={isBusy}
        leftSection={<IconArchive size={15} aria-hidden />}
        onClick={() => archive(student)}
      >
        {words.archive}
      </Button>
      <Button
        variant={isPrimary ? 'filled' : 'default'}
        className={isPrimary ? 'within-reach' : ''}
        renderRoot={(props) => (
          <Link
            to="/$school/students/$id/edit"
            params={{ school: slug, id: student.id }}
            state={{ wasOpenedHere: true }}
            {...props}
          />
        )}
        leftSection={<IconPencil size={15} aria-hidden />}
      >
        {words.edit}
      </Button>
    </>
  )
}

export function ArchivedNotice({ archivedAt, words }: { archivedAt: string | null; words: (when: string) => string }) {
  const formats = useFormats()
  if (!archivedAt) return null
  return (
    <Notice tone="warn">
      <p>{words(formats.instant(archivedAt))}</p>
    </Notice>
  )
}
