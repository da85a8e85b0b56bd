import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Waiting } from '../ui/page.tsx'

/** In ms. A part that takes longer comes by itself. */
const longest = 1_000

/** Shows the parts of a page at once, when each has its first answer: none pushes away what is being read. */
export function Together({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient()
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const show = () => setShown(true)
    let soon: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(soon)
      // An answer may be what another part waits for with its own question.
      if (!queryClient.isFetching({ predicate: ({ state }) => state.status === 'pending' })) soon = setTimeout(show)
    }
    look()
    const stop = queryClient.getQueryCache().subscribe(look)
    const latest = setTimeout(show, longest)
    return () => {
      stop()
      clearTimeout(soon)
      clearTimeout(latest)
    }
  }, [queryClient])
  return (
    <>
      {!isShown && <Waiting />}
      <div className="parts" hidden={!isShown}>
        {children}
      </div>
    </>
  )
}
