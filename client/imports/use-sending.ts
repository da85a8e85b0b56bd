import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { bundleIn } from './chosen.ts'
import { importWords } from './import-words.ts'
import type { Chosen } from './pack.ts'
import { zipOf } from './pack.ts'
import type { Bundle, Refusal } from './send.ts'
import { sendBundle } from './send.ts'

/** Null while nothing is on its way. At 1 the server reads what has come. */
export type Share = number | null

function useWhyRefused(): (refusal: Refusal) => string {
  const { errors } = useMessages()
  return ({ known, requestId }) => {
    const { sentence } = (known?.details ?? {}) as { sentence?: string }
    if (sentence) return `${sentence}.`
    if (known) return errors.reasons[known.reason] ?? errors.unknown(requestId)
    return requestId ? errors.unknown(requestId) : errors.noAnswer
  }
}

/** Sends what was chosen, and opens the page of the import it became. */
export function useSending(order: Bundle['order']) {
  const words = useWords(importWords).drop
  const whyRefused = useWhyRefused()
  const { slug } = useSchool()
  const navigate = useNavigate()
  const [share, setShare] = useState<Share>(null)
  const [failure, setFailure] = useState<string>()
  const stop = useRef(new AbortController())

  const send = async (chosen: readonly Chosen[]) => {
    setFailure(undefined)
    const bundle = bundleIn(chosen)
    if (bundle === 'mixed' || bundle === 'none') return setFailure(words[bundle])
    setShare(0)
    stop.current = new AbortController()
    const { signal } = stop.current
    try {
      const [name, zip] =
        'zip' in bundle
          ? [bundle.zip.name, bundle.zip.file]
          : [words.filesName(bundle.files[0]?.name ?? '', bundle.files.length - 1), await zipOf(bundle.files)]
      if (signal.aborted) return
      const sent = await sendBundle(slug, { name, zip, order }, setShare, signal)
      if ('id' in sent) void navigate({ to: '/$school/imports/$id', params: { school: slug, id: sent.id } })
      else if (!signal.aborted) setFailure(whyRefused(sent))
    } catch {
      setFailure(words.unreadable)
    } finally {
      setShare(null)
    }
  }
  return { send, share, failure, cancel: () => stop.current.abort() }
}
