import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { LinkFields, useLinkValues } from './link-fields.tsx'
import type { GuardianLink } from './use-links.ts'
import { linkWords, useLinkWrites } from './use-links.ts'

interface EditLinkDialogProps {
  link: GuardianLink
  student: { id: string; name: string }
  onClose(): void
}

export function EditLinkDialog({ link, student, onClose }: EditLinkDialogProps) {
  const messages = useMessages()
  const words = useWords(linkWords)
  const fields = useLinkValues(link)
  const { update } = useLinkWrites(onClose)
  return (
    <ShortDialog
      title={words.editTitle(fullName(link), student.name)}
      submitLabel={words.save}
      isBusy={update.isPending}
      failure={update.error && sentenceOf(update.error, messages)}
      onSubmit={() => update.mutate({ id: link.id, version: link.version, ...fields.values })}
      onClose={onClose}
    >
      <LinkFields {...fields} />
    </ShortDialog>
  )
}
