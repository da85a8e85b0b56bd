/** Focuses the field and shows it whole, once what has just appeared above it has taken its place. */
export function goToField(id: string): void {
  const field = document.getElementById(id)
  field?.focus()
  requestAnimationFrame(() => field?.scrollIntoView({ block: 'nearest' }))
}
