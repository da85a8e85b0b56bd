import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Role } from '../../db/values.ts'
import { apiOf } from '../api.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { refreshed } from '../refresh/link.ts'
import { useSchool, useTrpc } from '../school.tsx'
import type { Inputs } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'
import type { Flag, Rules } from './flags-words.ts'
import { flagsWords } from './flags-words.ts'
import { instantOf, wallOf } from './moment.ts'
import { useUndoFlag } from './use-undo-flag.ts'

export const choices = ['default', 'on', 'some', 'off'] as const
export type Choice = (typeof choices)[number]

export interface FlagValues {
  choice: Choice
  /** As it was typed. */
  percent: string
  includesOwners: boolean
  roles: readonly Role[]
  people: Rules['people']
  schools: Rules['schools']
  date: string
  time: string
}

function choiceOf({ mode, percent }: Flag): Choice {
  if (mode !== 'rules') return mode
  return percent === 100 ? 'on' : 'some'
}

const valuesOf = (flag: Flag, { people, schools }: Rules, timeZone: string): FlagValues => ({
  ...{ choice: choiceOf(flag), percent: String(flag.percent), people, schools },
  ...{ includesOwners: flag.includesOwners, roles: flag.roles, ...wallOf(flag.fromAt, timeZone) },
})

type Sent = Omit<Inputs['flags']['set'], 'key' | 'version'>
const modeOf = { default: 'default', on: 'rules', some: 'rules', off: 'off' } as const

const isPercent = (text: string) => /^\d{1,3}$/.test(text.trim()) && Number(text) <= 100

/** Undefined where a field is not as it must be. */
function sentOf(values: FlagValues, timeZone: string): Required<Sent> | undefined {
  const { choice, people, schools, roles, includesOwners } = values
  const percent = choice === 'on' ? 100 : Number(values.percent)
  const fromAt = instantOf(values, timeZone)
  if (!isPercent(values.percent) || fromAt === undefined) return undefined
  return {
    ...{ mode: modeOf[choice], percent, includesOwners, roles: [...roles], fromAt },
    people: people.map(({ id }) => id),
    schools: schools.map(({ id }) => id),
  }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

type Edits = Partial<FlagValues>
/** What is chosen while the server saves stays chosen. */
const withoutSent = (typed: Edits, sent: Edits): Edits =>
  Object.fromEntries(Object.entries(typed).filter(([name, value]) => !isSame(value, sent[name as keyof Edits])))

/** What others save meanwhile comes in where nothing was chosen. */
export function useFlagForm(flag: Flag, rules: Rules) {
  const messages = useMessages()
  const words = useWords(flagsWords).form
  const { timeZone, slug } = useSchool()
  const trpc = useTrpc()
  const undo = useUndoFlag(flag.key)
  const [edits, setEdits] = useState<Edits>({})
  const sentEdits = useRef(edits)
  const [version, setVersion] = useState<number>()
  const [isTried, setTried] = useState(false)
  const stored = valuesOf(flag, rules, timeZone)
  const values = { ...stored, ...edits }
  const names = Object.keys(values) as (keyof FlagValues)[]
  const update = useMutation(
    trpc.flags.set.mutationOptions({
      onSuccess: async (answer) => {
        await refreshed(apiOf(slug))
        setEdits((typed) => withoutSent(typed, sentEdits.current))
        setVersion(undefined)
        setTried(false)
        toast(words.saved, { label: words.undo, run: () => undo.run(answer.version) })
      },
      onError: (error) => knownError(error)?.reason === 'flag.stale' && setVersion(undefined),
    }),
  )
  const set = (fields: Partial<FlagValues>) => {
    setVersion((seen) => seen ?? flag.version)
    setEdits((typed) => ({ ...typed, ...fields }))
  }
  const choose = (choice: Choice) =>
    // Everybody is no part: who is let in first is said anew.
    set({ choice, ...(choice === 'some' && values.percent === '100' && { percent: '0' }) })
  const save = () => {
    setTried(true)
    const sent = sentOf(values, timeZone)
    if (!sent) return
    sentEdits.current = edits
    const { fromAt, ...rest } = sent
    // The command line may have said seconds, which the fields don't show.
    const isMoment = edits.date !== undefined || edits.time !== undefined
    update.mutate({ key: flag.key, version: version ?? flag.version, ...rest, ...(isMoment && { fromAt }) })
  }
  return {
    ...{ values, set, choose, save },
    isWrong: {
      percent: isTried && !isPercent(values.percent),
      from: isTried && instantOf(values, timeZone) === undefined,
    },
    isUnsaved: names.some((name) => !isSame(values[name], stored[name])),
    isBusy: update.isPending,
    failure: update.error && sentenceOf(update.error, messages),
    discard: () => setEdits({}),
  }
}
export type FlagForm = ReturnType<typeof useFlagForm>
