import { useEffect, useState } from 'react'
import { useIsHere } from '../activity.ts'
import { part } from '../part.ts'
import type { SchoolMembership } from '../session.ts'
import { lookQuietly } from '../session.ts'
import { useIsSignedOut } from '../signed-out.ts'

/** In ms. */
const lookEvery = 60_000

/** A page in sight that nobody touches does not listen: it asks by itself whether its session has been ended elsewhere. */
function useLookingAround(isHere: boolean): void {
  useEffect(() => {
    const look = () => document.hidden || lookQuietly()
    const timer = isHere ? undefined : setInterval(look, lookEvery)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [isHere])
}

/** Keeps the school's screens as new as the register. Loaded after them: they are read first, and followed then. */
export function useLive({ slug, journalNumber }: SchoolMembership, userId: string): void {
  // As it was before anything of the school was read.
  const [number] = useState(journalNumber)
  const isHere = useIsHere()
  const isSignedOut = useIsSignedOut()
  useLookingAround(isHere)
  useEffect(() => {
    // A covered window must not lead the others.
    if (!isHere || isSignedOut) return
    let end: (() => void) | undefined
    let isOver = false
    void part(() => import('./follow.ts'))().then(({ follow }) => {
      if (!isOver) end = follow(slug, userId, number)
    })
    return () => {
      isOver = true
      end?.()
    }
  }, [slug, userId, number, isHere, isSignedOut])
}
