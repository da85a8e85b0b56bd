import { useLayoutEffect } from 'react'

const forms = new Set<() => boolean>()

/** While this form is on the screen and holds what was typed, nothing behind it is taken back by a key. */
export function useUnsaved(isUnsaved: () => boolean): void {
  // Before the next key: an effect that waits for the paint left a moment in which Ctrl+Z reached behind the form.
  useLayoutEffect(() => {
    forms.add(isUnsaved)
    return () => void forms.delete(isUnsaved)
  }, [isUnsaved])
}

export const hasUnsaved = (): boolean => [...forms].some((isUnsaved) => isUnsaved())
