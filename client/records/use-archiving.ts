import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { JournalEntity } from '../../db/values.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import type { Inputs } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'
import { operationIdOf } from '../undo/own-operations.ts'
import type { AnyRecord, RecordKind } from './record-kind.ts'
import { useProcedures } from './record-kind.ts'
import { recordWords } from './record-words.ts'

export type StandingChoice = Exclude<NonNullable<Inputs['rooms']['archive']['standing']>, 'ask'>
/** The server's answer when the record that is to be archived has dependents. */
export interface InUse<R> {
  record: R
  standing: { entity: JournalEntity; count: number; names: string[] }[]
  choices: StandingChoice[]
}

/** Archiving asks only when the record has dependents; restoring takes one press. */
export function useArchiving<R extends AnyRecord>(kind: RecordKind<R>) {
  const procedures = useProcedures(kind)
  const messages = useMessages()
  const { archiving: words } = useWords(recordWords)
  const [inUse, setInUse] = useState<InUse<R> | null>(null)
  const say = useUndo(words)
  const onError = (error: unknown) => toast(sentenceOf(error, messages))
  const restore = useMutation(
    procedures.restore.mutationOptions({
      onError,
      onSuccess: (answer) =>
        say(words.restoredToast(kind.nameOf(answer)), operationIdOf(answer), words.archivedToast(kind.nameOf(answer))),
    }),
  )
  const archive = useMutation(
    procedures.archive.mutationOptions({
      onSuccess: (answer) => {
        const name = kind.nameOf(answer)
        setInUse(null)
        say(words.archivedToast(name), operationIdOf(answer), words.restoredToast(name))
      },
    }),
  )
  const send = (record: R, standing: 'ask' | StandingChoice) => {
    const { id, version } = record
    const refused = (error: unknown) => {
      const known = knownError(error)
      if (known?.reason !== 'record.in_use') return onError(error)
      setInUse({ record, ...(known.details as Omit<InUse<R>, 'record'>) })
    }
    archive.mutate({ id, version, standing }, { onError: refused })
  }
  return {
    isBusy: archive.isPending || restore.isPending,
    archive: (record: R) => send(record, 'ask'),
    restore: ({ id, version }: R) => restore.mutate({ id, version }),
    inUse,
    answer: (choice: StandingChoice) => inUse && send(inUse.record, choice),
    dismiss: () => setInUse(null),
  }
}
