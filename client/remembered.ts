/** What this browser remembers between visits. Where it keeps nothing for this site, the page does without. */

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Blocked or full: then nothing is remembered.
  }
}
