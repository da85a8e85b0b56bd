import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { Notice } from '../ui/page.tsx'
import { movesWords } from './moves-words.ts'

type Run = NonNullable<Outputs['moves']['get']['run']>

/** Each row that is told of, with what to do. */
function Found({ found, hint }: { found: readonly string[]; hint: string }) {
  if (!found.length) return null
  return (
    <>
      <ul className="move-found">
        {found.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{hint}</p>
    </>
  )
}

function Refused({ run: { verb, failure, found } }: { run: Run }) {
  const words = useWords(movesWords).ended
  return (
    <Notice tone="bad">
      <div className="move-refused">
        <p>{verb === 'move' ? words.failedMove : words.failedRehearsal}</p>
        {failure && <p>{failure}</p>}
        <Found found={found} hint={words.mend} />
      </div>
    </Notice>
  )
}

/** PostgreSQL is the register, and the last comparison with the file did not end well. */
export function Differing({ run: { failure, found } }: { run: Run }) {
  const { differs, accept } = useWords(movesWords).arrived
  return (
    <Notice tone="bad">
      <div className="move-refused">
        <p>{differs}</p>
        {failure && <p>{failure}</p>}
        <Found found={found} hint={accept} />
      </div>
    </Notice>
  )
}

/** What became of the last move or rehearsal. */
export function Ended({ run }: { run: Run }) {
  const words = useWords(movesWords).ended
  const { outcome, isLeft, verb, rows, took, startedBy, startedAt } = run
  if (outcome === null && !isLeft) return null
  return (
    <div className="move-ended">
      {outcome === 'failed' && <Refused run={run} />}
      {outcome === 'stopped' && <Notice tone="info">{words.stopped}</Notice>}
      {outcome === 'done' && verb === 'rehearse' && <Notice tone="info">{words.done(rows, took)}</Notice>}
      {outcome === null && <Notice tone="warn">{words.left}</Notice>}
      <p className="dim">{words.who(verb, startedBy, startedAt)}</p>
    </div>
  )
}
