import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { Failure, Notice } from '../ui/page.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { importWords } from './import-words.ts'
import type { Import, ImportReport } from './listed.ts'

const isMembership = ({ kind }: { kind: string }) => kind === 'enrollment' || kind === 'classInstructor'

interface Props {
  found: Import
  report: ImportReport
}

/** Whether what is missing ends. The files are compared again, so that it is seen before. */
export function Ending({ found: { id, choices }, report }: Props) {
  const words = useWords(importWords).ending
  const messages = useMessages()
  const compare = useMutation(useTrpc().imports.compare.mutationOptions())
  const { source, adopt, endMissing } = choices
  const lacking = (report.missing ?? []).filter(isMembership).reduce((sum, { count }) => sum + count, 0)
  if (!lacking) return null
  const choose = (isEnding: boolean) =>
    compare.mutate({
      id,
      ...(source !== undefined && { source }),
      ...(adopt !== undefined && { adopt }),
      ...(isEnding && { endMissing: true }),
    })
  return (
    <div className="import-choice">
      <Failure>{compare.error && sentenceOf(compare.error, messages)}</Failure>
      {endMissing && <Notice tone="warn">{words.chosen(report.ended ?? 0)}</Notice>}
      {report.rejected > 0 && <p className="dim">{words.rejected}</p>}
      <div>
        <Button
          variant="default"
          size="sm"
          disabled={report.rejected > 0 && !endMissing}
          loading={compare.isPending}
          onClick={() => choose(!endMissing)}
        >
          {endMissing ? words.leave : words.end(lacking)}
        </Button>
      </div>
    </div>
  )
}

interface ConfirmProps {
  ended: number
  isBusy: boolean
  onConfirm(): void
  onClose(): void
}

/** Ending is asked for once more, apart from what the files bring. */
export function ConfirmEnding({ ended, isBusy, onConfirm, onClose }: ConfirmProps) {
  const words = useWords(importWords).ending
  return (
    <ShortDialog
      title={words.confirm(ended)}
      submitLabel={words.submit(ended)}
      isBusy={isBusy}
      onSubmit={onConfirm}
      onClose={onClose}
    >
      <p>{words.what}</p>
    </ShortDialog>
  )
}
