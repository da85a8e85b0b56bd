import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { movesWords } from './moves-words.ts'

type Moving = Outputs['moves']['get']
type Verb = 'start' | 'rehearse' | 'stop'

function useVerbs() {
  const { moves } = useTrpc()
  return {
    start: useMutation(moves.start.mutationOptions()),
    rehearse: useMutation(moves.rehearse.mutationOptions()),
    stop: useMutation(moves.stop.mutationOptions()),
  }
}

interface ConfirmProps {
  verb: Verb
  label: string
  target: string
  onDone(): void
}
function Confirm({ verb, label, target, onDone }: ConfirmProps) {
  const messages = useMessages()
  const words = useWords(movesWords).confirm[verb]
  const { mutate, isPending, error } = useVerbs()[verb]
  return (
    <ShortDialog
      title={words.title}
      submitLabel={label}
      isBusy={isPending}
      failure={error && sentenceOf(error, messages)}
      onSubmit={() => mutate({}, { onSuccess: onDone })}
      onClose={onDone}
    >
      <p>{words.text(target)}</p>
    </ShortDialog>
  )
}

/** What can be done now, each asked once more. */
export function Actions({ moving, isUnderWay }: { moving: Moving; isUnderWay: boolean }) {
  const words = useWords(movesWords)
  const [asked, ask] = useState<Verb | null>(null)
  const { inFile, run, target } = moving
  const isStopping = inFile?.isStopping || (isUnderWay && run?.isStopAsked)
  const labels: Record<Verb, string> = {
    start: inFile ? words.goOn : words.start,
    rehearse: words.rehearse,
    stop: !inFile && run?.verb === 'rehearse' ? words.stopRehearsal : words.stop,
  }
  const offered: Verb[] = isUnderWay ? ['stop'] : inFile ? ['stop', 'start'] : ['rehearse', 'start']
  return (
    <div className="move-actions">
      {offered.map((verb) => (
        <Button
          key={verb}
          size="sm"
          variant={verb === 'start' ? 'filled' : 'default'}
          disabled={verb === 'stop' && Boolean(isStopping)}
          onClick={() => ask(verb)}
        >
          {labels[verb]}
        </Button>
      ))}
      {asked && <Confirm verb={asked} label={labels[asked]} target={target ?? ''} onDone={() => ask(null)} />}
    </div>
  )
}
