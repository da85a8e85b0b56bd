import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { knownError, sentenceOf } from '../../errors.ts'
import { useUndo } from '../../lists/use-undo.ts'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { useSchool } from '../../school.tsx'
import type { Inputs } from '../../trpc.ts'
import { apiOf } from '../../trpc.ts'
import { studentsChanged } from '../student-queries.ts'
import type { Refused } from '../use-many.ts'
import type { CheckedRow, PastedRow } from './check-rows.ts'
import { isReady, problemsOf } from './check-rows.ts'
import { pasteWords } from './paste-fields.ts'
import type { Paste } from './use-paste.ts'

/** Adds the rows that are ready, all or none; what the server refuses is said at the rows. */
export function useAddMany(paste: Paste) {
  const messages = useMessages()
  const words = useWords(pasteWords)
  const { slug } = useSchool()
  const api = apiOf(slug)
  const navigate = useNavigate()
  const [failure, setFailure] = useState<string | null>(null)
  const isDone = useRef(false)
  const changed = () => studentsChanged(api)
  const say = useUndo(words, changed)

  const refusalsOf = ({ outcomes }: Refused, sent: readonly CheckedRow[]) => {
    const refusals = new Map<number, PastedRow['refusals']>()
    for (const { index, ok, reason, issues } of outcomes) {
      const id = sent[index]?.row.id
      if (ok || id === undefined) continue
      const sentence = reason ? messages.errors.reasons[reason] : words.problems.invalid
      const wrong = issues?.map(({ code, path }) => ({ code, path: path.split('.') }))
      if (wrong) refusals.set(id, problemsOf(wrong, words, paste.pasted?.mapping ?? []))
      else refusals.set(id, { [reason === 'program.not_found' ? 'programId' : 'number']: sentence })
    }
    return refusals
  }
  const create = useMutation(api.trpc.students.createMany.mutationOptions())
  const add = () => {
    if (paste.bad) return setFailure(words.firstBad)
    setFailure(null)
    const sent = paste.checked.filter(isReady)
    const students = sent.map(({ student }) => student) as Inputs['students']['createMany']['students']
    create.mutate(
      { students },
      {
        onError(error) {
          const known = knownError(error)
          if (known?.reason !== 'many.refused') return setFailure(sentenceOf(error, messages))
          paste.setRefusals(refusalsOf(known.details as Refused, sent))
          setFailure(words.refused)
        },
        onSuccess(answer) {
          isDone.current = true
          changed()
          say(words.added(answer.changed), answer.operationId)
          void navigate({ to: '/$school/students', params: { school: slug } })
        },
      },
    )
  }
  return { add, failure, isBusy: create.isPending, isDone: () => isDone.current }
}
