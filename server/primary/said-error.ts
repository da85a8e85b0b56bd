/** A process of ours could not start, and has said why on the console. */
export class SaidError extends Error {
  override name = 'SaidError'
}
