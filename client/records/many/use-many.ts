import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { JournalEntity } from '../../../db/values.ts'
import type { Reason } from '../../../server/errors.ts'
import { apiOf } from '../../api.ts'
import { knownError, sentenceOf } from '../../errors.ts'
import { useUndo } from '../../lists/use-undo.ts'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { refreshAll } from '../../refresh/refresh.ts'
import { useSchool } from '../../school.tsx'
import type { Outputs } from '../../trpc.ts'
import { toast } from '../../ui/toast.tsx'
import type { Row, Selection } from '../../ui/use-selection.ts'
import type { AnyRecord, Chosen, RecordKind } from '../record-kind.ts'
import { useProcedures } from '../record-kind.ts'
import type { StandingChoice } from '../use-archiving.ts'
import type { Holding } from './change.ts'
import { manyWords, useManyWords } from './many-words.ts'

export type Outcome = Outputs['students']['updateMany']['outcomes'][number] & { reason?: Reason }
/** The server's refusals that people have to see more of than a sentence. */
export interface Refused {
  refused: number
  outcomes: Outcome[]
}
export interface Standing {
  standing: { entity: JournalEntity; count: number; names: string[] }[]
  choices: StandingChoice[]
}

/** A list that many are chosen from. */
export interface ManyList<R extends AnyRecord> {
  kind: RecordKind<R>
  selection: Selection
  rows: readonly Row[]
  /** What the server finds the whole list by; none where all of it is here. */
  filter?: object | undefined
}

/** As many as one request names one by one. */
const namedAtMost = 1_000

/** A chosen row that has been loaded again was seen as it is now. */
function chosenFrom({ selection, filter, rows }: Omit<ManyList<AnyRecord>, 'kind'>): Chosen | undefined {
  if (selection.isAll && filter) {
    if (selection.rows.size > namedAtMost) return undefined
    return { filter, except: [...selection.rows.keys()], expected: selection.count } as Chosen
  }
  const versions = new Map(rows.map(({ id, version }) => [id, version]))
  const chosen = selection.isAll ? rows.filter(({ id }) => selection.has(id)) : [...selection.rows.values()]
  if (chosen.length > namedAtMost) return undefined
  return { items: chosen.map(({ id, version }) => ({ id, version: versions.get(id) ?? version })) }
}

/** The refusals that a dialog says; whatever else goes wrong is a sentence. */
function useRefusals() {
  const messages = useMessages()
  const [refused, setRefused] = useState<Refused | null>(null)
  const [standing, setStanding] = useState<Standing | null>(null)
  const onError = (error: unknown) => {
    const known = knownError(error)
    if (known?.reason === 'many.refused') setRefused(known.details as Refused)
    else if (known?.reason === 'record.in_use') setStanding(known.details as Standing)
    else toast(sentenceOf(error, messages))
  }
  const dismiss = () => {
    setRefused(null)
    setStanding(null)
  }
  return { refused, standing, onError, dismiss }
}

interface Set {
  set: object
  called: string
  holding?: Holding | undefined
}

/** What can be done with the chosen records, all or none of them. */
export function useMany<R extends AnyRecord>(list: ManyList<R>) {
  const { kind, selection } = list
  const words = useWords(manyWords)
  const said = useManyWords(kind)
  const procedures = useProcedures(kind)
  const api = apiOf(useSchool().slug)
  const { refused, standing, onError, dismiss } = useRefusals()
  const say = useUndo(words)
  const update = useMutation(procedures.updateMany.mutationOptions({ onError }))
  const archive = useMutation(procedures.archiveMany.mutationOptions({ onError }))
  const restore = useMutation(procedures.restoreMany.mutationOptions({ onError }))

  const [last, setLast] = useState<Set | null>(null)
  const done = (text: string, operationId: string) => {
    dismiss()
    selection.clear()
    say(text, operationId)
  }
  const withChosen = (act: (chosen: Chosen) => void) => {
    const chosen = chosenFrom(list)
    if (chosen) act(chosen)
    else toast((list.filter ? words.tooManyNamed : words.tooManyAtOnce)(namedAtMost))
  }
  const set = (asked: Set) => {
    setLast(asked)
    withChosen((chosen) =>
      update.mutate(
        { ...chosen, set: asked.set },
        {
          onSuccess: (answer) =>
            answer.changed
              ? done(`${said.wasSet(answer.changed)} ${asked.called}`, answer.operationId)
              : toast(`${words.nothingSet} ${asked.called}`),
        },
      ),
    )
  }
  const isHeldWith = ({ refusal }: Holding) => refused?.outcomes.every(({ ok, reason }) => ok || reason === refusal)
  const holding = last?.holding && isHeldWith(last.holding) ? last.holding : null
  return {
    refused,
    /** All refusals are lifted by a reason. */
    holding,
    hold: (reason: string) => {
      dismiss()
      if (last && holding) set({ ...last, set: { ...last.set, [holding.field]: reason } })
    },
    standing,
    isBusy: update.isPending || archive.isPending || restore.isPending,
    dismiss,
    reload() {
      dismiss()
      selection.clear()
      void refreshAll(api)
    },
    /** `called` names what is set: 'Grade 8'. */
    set: (fields: object, called: string, held?: Holding) => set({ set: fields, called, holding: held }),
    archive: (choice: 'ask' | StandingChoice = 'ask') =>
      withChosen((chosen) =>
        archive.mutate(
          { ...chosen, standing: choice },
          { onSuccess: (answer) => done(said.archived(answer.changed), answer.operationId) },
        ),
      ),
    restore: () =>
      withChosen((chosen) =>
        restore.mutate(chosen, {
          onSuccess: (answer) => done(said.restored(answer.changed), answer.operationId),
        }),
      ),
  }
}
