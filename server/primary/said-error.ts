/** The failed process has printed the reason, so nobody prints it again. */
export class SaidError extends Error {
  override name = 'SaidError'
}
