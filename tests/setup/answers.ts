/** What tests say of the router's answers. */

/** What a refused request rejects with, for `toMatchObject`. */
export const refusal = (reason: string, details?: unknown) => ({
  cause: { reason, ...(details !== undefined && { details }) },
})

/** Why it is refused; 'done' if it is not. */
export const reasonOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error) => error.cause?.reason,
  )

/** What an update names of the record that it saw. */
export const seen = ({ id, version }: { id: string; version: number }) => ({ id, version })
