/** Notes what the router answers in tests, whoever calls it: a caller without HTTP, or a server. */
import { appRouter } from '../../server/router.ts'
import { notedNow, once } from './noted.ts'

const { newShape, see } = await once('shape', () => import('./shape.ts'))

function note(path: string, answer: unknown): void {
  const noted = notedNow()
  const shape = noted?.get(path) ?? newShape()
  noted?.set(path, shape)
  see(shape, answer)
}

/** A stream sends each of its messages beside its id. */
function noteStream(path: string, stream: AsyncGenerator<unknown>): unknown {
  const next = stream.next.bind(stream)
  stream.next = (...args) => {
    const result = next(...args)
    result.then(
      ({ done, value }) => !done && note(path, (value as unknown[])[1]),
      () => undefined,
    )
    return result
  }
  return stream
}

const isNoting = Symbol('noting')
type Run = ((options: unknown) => Promise<unknown>) & { _def: { type: string }; [isNoting]?: true }

function noting(path: string, procedure: Run): Run {
  const run = async (options: unknown) => {
    const answer = await procedure(options)
    if (!notedNow()) return answer
    if (procedure._def.type === 'subscription') return noteStream(path, answer as AsyncGenerator<unknown>)
    note(path, answer)
    return answer
  }
  return Object.assign(run, procedure, { [isNoting]: true as const })
}

export function noteAnswers(): void {
  const procedures = appRouter._def.procedures as unknown as Record<string, Run>
  for (const [path, procedure] of Object.entries(procedures))
    if (!procedure[isNoting]) procedures[path] = noting(path, procedure)
}
