import { useEffect } from 'react'
import { useIsSignedOut } from '../signed-out.ts'

const app = 'Homeroom'

/** A covered page does not say there whom it shows. */
export function usePageTitle(...parts: (string | undefined)[]): void {
  const title = [...parts, app].filter(Boolean).join(' · ')
  const isCovered = useIsSignedOut()
  useEffect(() => {
    document.title = isCovered ? app : title
  }, [title, isCovered])
}
