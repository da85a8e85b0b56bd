import { useMutation, useQuery } from '@tanstack/react-query'
import { useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Waiting } from '../ui/page.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { toast } from '../ui/toast.tsx'
import { useWhyNot } from '../undo/use-why-not.ts'
import { importWords } from './import-words.ts'
import type { Past } from './listed.ts'

type Preview = Outputs['imports']['previewUndo']

function Stays({ title, of }: { title: string; of: Preview['changed'] }) {
  const words = useWords(importWords).undoing
  if (!of.total) return null
  const unnamed = of.total - of.first.length
  return (
    <div>
      <p>{title}</p>
      <ul className="import-stays">
        {of.first.map(({ entity, id, name }) => (
          <li key={id}>{words.record(entity, name)}</li>
        ))}
        {unnamed > 0 && <li>{words.more(unnamed)}</li>}
      </ul>
    </div>
  )
}

/** Says what is taken back and what is not, before. */
export function UndoDialog({ past, onClose }: { past: Past; onClose(): void }) {
  const trpc = useTrpc()
  const words = useWords(importWords).undoing
  const whyNot = useWhyNot()
  const { operationId } = past
  const { data, error } = useQuery(trpc.imports.previewUndo.queryOptions({ operationId }, { staleTime: 0 }))
  const undo = useMutation(
    trpc.imports.undo.mutationOptions({
      onSuccess: ({ changed }) => {
        toast(words.done(changed))
        onClose()
      },
    }),
  )
  const failure = error ?? undo.error
  return (
    <ShortDialog
      title={words.title(past.name)}
      submitLabel={words.submit}
      isBusy={undo.isPending || (!data && !error)}
      failure={failure && whyNot(failure)}
      onSubmit={() => data && undo.mutate({ operationId })}
      onClose={onClose}
    >
      {!data && !error && <Waiting lines={2} />}
      {data && (
        <>
          <p>{words.takesBack(data.records)}</p>
          <Stays title={words.changed(data.changed.total)} of={data.changed} />
          <Stays title={words.used(data.used.total)} of={data.used} />
          {data.hasSchool && <p className="dim">{words.school}</p>}
        </>
      )}
    </ShortDialog>
  )
}
