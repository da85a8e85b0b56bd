import type { Mutation } from '@tanstack/react-query'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { knownError } from '../errors.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import type { About, Direction, OwnOperation } from './own-operations.ts'
import { changesRegister, forget, lastOf } from './own-operations.ts'
import { hasUnsaved } from './unsaved.ts'
import { undoWords, useWhyNot } from './use-why-not.ts'

const pressed = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/
/** Where the browser takes back what was typed. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !pressed.test(target.type)))
const isInDialog = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

/** Which way the keys ask for; undefined for any other key, and where they mean something else. */
function askedFor(event: KeyboardEvent): Direction | undefined {
  if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey) return undefined
  if (event.repeat || event.defaultPrevented || isTyping(event.target) || isInDialog() || hasUnsaved()) return undefined
  return event.shiftKey ? 'undone' : 'done'
}

/** These say that it can never be taken back: the next press goes on to what was before it. */
const isFinal = (reason = '') => /^undo\.|^operation\.not_found$|^permission\.missing$/.test(reason)

/** tRPC's keys hold the path: [['rooms', 'update']]. */
const isChange = ({ options: { mutationKey } }: Mutation): boolean =>
  changesRegister((mutationKey?.[0] as string[] | undefined)?.join('.') ?? '')

let queue: Promise<void> = Promise.resolve()
/** One press waits for the one before. */
function inTurn(work: () => Promise<void>): Promise<void> {
  queue = queue.then(work)
  return queue
}

/** Takes back what was done last in this tab and school, or does again what was taken back last. */
function useTakeBack() {
  const trpc = useTrpc()
  const { slug } = useSchool()
  const queryClient = useQueryClient()
  const words = useWords(undoWords)
  const whyNot = useWhyNot()
  const { mutateAsync: undo } = useMutation(trpc.journal.undo.mutationOptions())

  const refused = (error: unknown, id: string, direction: Direction): Promise<void> | void => {
    const reason = knownError(error)?.reason
    if (isFinal(reason)) forget(slug, id)
    // That operation changed nothing, so the one before it is meant.
    if (reason === 'operation.not_found') return take(direction)
    toast(whyNot(error))
  }
  const told = ({ about }: OwnOperation, answered: About, direction: Direction) => {
    if (direction === 'done')
      return toast(words.back(answered), { label: words.again, run: () => void inTurn(() => take('undone')) })
    // What was taken back is known from then; its name may be another again.
    const known = about ?? answered
    toast(words.forth(known.entity === answered.entity ? { ...known, name: answered.name } : known))
  }

  const take = async (direction: Direction): Promise<void> => {
    const last = lastOf(slug, direction)
    if (queryClient.isMutating({ predicate: isChange }) > 0) return toast(words.busy)
    if (!last) return toast(words.nothing[direction])
    try {
      const { about } = await undo({ operationId: last.id })
      told(last, about, direction)
    } catch (error) {
      await refused(error, last.id, direction)
    }
  }
  return take
}

/** Ctrl+Z or Cmd+Z, with Shift the other way, wherever nothing is being typed. */
export default function UndoKeys() {
  const take = useTakeBack()
  const current = useRef(take)
  useEffect(() => {
    current.current = take
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const direction = askedFor(event)
      if (!direction) return
      event.preventDefault()
      void inTurn(() => current.current(direction))
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return null
}
