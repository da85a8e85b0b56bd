import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Leaves a page by undoing the step that opened it; where it was opened by its address, by `instead`. */
export function useGoingBack(instead: () => void): () => void {
  const router = useRouter()
  return useCallback(() => {
    if (router.state.location.state.wasOpenedHere) router.history.back()
    else instead()
  }, [router, instead])
}
