import { useEffect, useState } from 'react'
import { part } from '../part.ts'
import type { SchoolMembership } from '../session.ts'
import { useIsHere } from './activity.ts'

/** Keeps the school's screens as new as the register. Loaded after them: they are read first, and followed then. */
export function useLive({ slug, journalNumber }: SchoolMembership): void {
  // As it was before anything of the school was read.
  const [number] = useState(journalNumber)
  const isHere = useIsHere()
  useEffect(() => {
    if (!isHere) return
    let end: (() => void) | undefined
    let isOver = false
    void part(() => import('./follow.ts'))().then(({ follow }) => {
      if (!isOver) end = follow(slug, number)
    })
    return () => {
      isOver = true
      end?.()
    }
  }, [slug, number, isHere])
}
