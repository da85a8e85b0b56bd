/** W3C Trace Context, section 3.2.2, defines `00-<trace>-<span>-<flags>`; later versions may add to the end. */
const parent = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/
const none = /^0+$/

export function traceIdOf(header: string | undefined): string | undefined {
  const [, trace = '0', span = '0'] = parent.exec(header ?? '') ?? []
  return none.test(trace) || none.test(span) ? undefined : trace
}
