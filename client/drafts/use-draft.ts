import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { drafts } from './drafts.ts'

const route = getRouteApi('/$school')
/** In ms, after the last key. */
const pause = 300

export interface Draft {
  /** What this person had typed at this address when the page was left; null for nothing. */
  found: unknown
  /** Keeps what is typed now; whether it is safe. */
  keep(): boolean
  /** It is to be forgotten, and nothing more is kept. */
  discard(): void
}

function makeDraft(name: string) {
  let isOver = false
  let typed: () => object | null = () => null
  const keep = (): boolean => {
    if (isOver) return true
    const draft = typed()
    if (draft) return drafts.write(name, draft)
    drafts.remove(name)
    return true
  }
  return {
    found: drafts.read(name),
    keep,
    discard() {
      isOver = true
      drafts.remove(name)
    },
    follow(now: typeof typed) {
      typed = now
    },
  }
}

/** What was typed on this page before. `useKeeping` keeps it from then on. */
export function useDraft(): Draft & Pick<ReturnType<typeof makeDraft>, 'follow'> {
  const { person } = route.useRouteContext()
  const { pathname, searchStr } = useRouter().state.location
  const [draft] = useState(() => makeDraft(`${person.userId} ${pathname}${searchStr}`))
  return draft
}

/** Keeps what `typed` answers while the page is open: a moment after it changed, and when the page goes. Null removes it. */
export function useKeeping(draft: ReturnType<typeof useDraft>, typed: () => object | null): void {
  useEffect(() => {
    draft.follow(typed)
    const timer = setTimeout(draft.keep, pause)
    return () => clearTimeout(timer)
  })
  useEffect(() => {
    window.addEventListener('pagehide', draft.keep)
    return () => {
      window.removeEventListener('pagehide', draft.keep)
      draft.keep()
    }
  }, [draft])
}
