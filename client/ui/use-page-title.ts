import { useEffect } from 'react'

export function usePageTitle(...parts: (string | undefined)[]): void {
  const title = [...parts, 'Homeroom'].filter(Boolean).join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
