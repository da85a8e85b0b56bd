import { useEffect, useState } from 'react'

/** For what is there only while it is open: the focus goes back to where it was before. */
export function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus()
    },
    [before],
  )
}
