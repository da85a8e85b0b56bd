import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Reason } from '../../server/errors.ts'
import { addressOf } from '../addresses.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useUndo } from '../lists/use-undo.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { errorsAt } from '../records/form-shape.ts'
import { useManyWords } from '../records/many/many-words.ts'
import type { Refused } from '../records/many/use-many.ts'
import { useProcedures } from '../records/record-kind.ts'
import { useSchool } from '../school.tsx'
import type { CheckedRow, PastedRow, Rules } from './check-rows.ts'
import type { Pasted } from './paste-draft.ts'
import { pasteWords } from './paste-field.ts'
import type { AnyPasteKind } from './paste-kind.ts'
import { sentItems } from './standing.ts'
import type { Paste } from './use-paste.ts'

/** What the server refused a row for: the rule a field breaks, or a reason that is about one of its fields. */
type Refusal = Refused['outcomes'][number] & { reason?: Reason; field?: string }

/** What the server refused, by the row's number and its fields. */
function useRefusals(shape: AnyPasteKind['shape'], rules: Rules) {
  const messages = useMessages()
  const refusalOf = ({ reason, field, issues }: Refusal, { values }: CheckedRow): PastedRow['refusals'] => {
    const wrong = issues?.map(({ code, path }) => ({ code, path: path.split('.') }))
    if (wrong) return errorsAt(shape, wrong, values, rules.sentences)
    const at = field ?? (reason && shape.refusedAt?.[reason]) ?? rules.fields[0]?.name ?? ''
    return { [at]: reason ? messages.errors.reasons[reason] : messages.errors.invalid }
  }
  return (outcomes: readonly Refusal[], sent: readonly CheckedRow[]) => {
    const refused = outcomes.flatMap((outcome): [number, PastedRow['refusals']][] => {
      const row = sent[outcome.index]
      return row && !outcome.ok ? [[row.row.id, refusalOf(outcome, row)]] : []
    })
    return new Map(refused)
  }
}

export function useAddMany({ kind, shape }: AnyPasteKind, paste: Paste) {
  const { pasted, checked, bad, isCompared, register, rules, setRefusals, keepOnly } = paste
  const messages = useMessages()
  const words = useWords(pasteWords)
  const { addedPasted } = useManyWords(kind)
  const { slug } = useSchool()
  const navigate = useNavigate()
  const [failure, setFailure] = useState<string | null>(null)
  /** The block that was added, all or in part. */
  const doneWith = useRef<Pasted | null>(null)
  const [isPartly, setPartly] = useState(false)
  /** What was to be added before it was compared with the register. Whatever is changed in it takes that back. */
  const [wanted, setWanted] = useState<Pasted | null>(null)
  const isWaiting = wanted !== null && wanted === pasted && !register.error
  const say = useUndo(words)
  const create = useMutation(useProcedures(kind).createMany.mutationOptions())

  const refusalsOf = useRefusals(shape, rules)
  /** Somebody was faster: rows that are in the register by now say so once it has been asked again. */
  const refuse = ({ outcomes }: Refused, sent: readonly CheckedRow[]) => {
    const others = outcomes.filter(({ ok, reason }: Refusal) => !ok && reason !== 'record.alike')
    setRefusals(refusalsOf(others, sent))
    register.askAgain()
    setFailure(others.length ? words.refused : words.addedMeanwhile)
  }
  const add = () => {
    if (doneWith.current && doneWith.current === pasted) return
    setPartly(false)
    setFailure(bad ? words.firstBad : null)
    setWanted(isCompared || bad ? null : pasted)
    if (bad || !isCompared) return
    const all = sentItems(checked)
    if (!all.length) return
    const sent = all.map(({ row }) => row)
    const items = all.map(({ item }) => item)
    const ids = new Set(items.flatMap((item) => Object.values(item)))
    const adds = (pasted?.adds ?? []).filter(({ as }) => ids.has(as))
    const changes = items.filter((item) => 'id' in item).length
    create.mutate(
      { items, ...(adds.length && { adds }) },
      {
        onError(error) {
          const known = knownError(error)
          if (known?.reason !== 'many.refused') return setFailure(sentenceOf(error, messages))
          refuse(known.details as Refused, sent)
        },
        onSuccess(answer) {
          doneWith.current = pasted
          say(addedPasted(items.length - changes, changes), answer.operationId)
          const left = checked.flatMap(({ row }) => (row.isLeftOut && !row.why ? row.id : []))
          if (!left.length) return void navigate({ to: addressOf(kind), params: { school: slug } })
          keepOnly(new Set(left))
          setPartly(true)
        },
      },
    )
  }
  const addWanted = useEffectEvent(add)
  useEffect(() => {
    if (isWaiting && isCompared) addWanted()
  }, [isWaiting, isCompared])
  return {
    add,
    failure,
    isBusy: create.isPending || isWaiting,
    isPartly,
    isDone: () => doneWith.current !== null && doneWith.current === pasted,
  }
}
