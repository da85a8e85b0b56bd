import { useEffect } from 'react'

/** Names the browser's tab, and so the entry in its history. */
export function usePageTitle(...parts: (string | undefined)[]): void {
  const title = [...parts, 'Homeroom'].filter(Boolean).join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
