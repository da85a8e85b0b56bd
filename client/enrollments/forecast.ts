/** What enrolling will do, as far as the screen can know before the server does it. */
export interface Seating {
  capacity: number | null
  taken: number
  waiting: number
}

/** Of `count` more: how many get a seat, and how many go to the waitlist. Who waits already comes first. */
export function forecast({ capacity, taken, waiting }: Seating, count: number): { seated: number; waitlisted: number } {
  if (capacity === null) return { seated: count, waitlisted: 0 }
  const free = Math.max(capacity - taken - waiting, 0)
  const seated = Math.min(free, count)
  return { seated, waitlisted: count - seated }
}
