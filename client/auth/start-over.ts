/** A new page, so that nothing of the first person's stays in memory. */
export const startOver = (): void =>
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
