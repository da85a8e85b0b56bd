import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { movesWords } from './moves-words.ts'

type Moving = Outputs['moves']['get']

/** In ms. A mover says something every second. */
const silentAfter = 30_000

/** As the phase went so far, in ms. */
function timeLeft({ rows, of, phaseSince, heardAt }: NonNullable<Moving['progress']>): number | null {
  if (!rows || of === undefined) return null
  return Math.max(0, ((heardAt - phaseSince) / rows) * (of - rows))
}

function Figures({ progress, at }: { progress: NonNullable<Moving['progress']>; at: string }) {
  const words = useWords(movesWords).progress
  const { rows, of, bytes, waits, heardAt, phase } = progress
  const left = timeLeft(progress)
  const silence = Date.parse(at) - heardAt
  const figures = [
    rows !== undefined && of !== undefined && words.rows(rows, of),
    bytes !== undefined && words.bytes(bytes),
    left !== null && words.left(left),
  ]
  return (
    <>
      <p role="status">{words.phases[phase]}</p>
      <progress
        aria-label={words.label}
        {...(rows !== undefined && of !== undefined && { value: of ? Math.min(1, rows / of) : 1 })}
      />
      <p className="dim digits">{figures.filter(Boolean).join(' · ')}</p>
      {waits && <p className="dim">{waits}.</p>}
      {silence > silentAfter && <p>{words.silent(silence)}</p>}
    </>
  )
}

/** What a move or a rehearsal under way says of itself. */
export function Progress({ moving: { progress, inFile, servers, run, at } }: { moving: Moving }) {
  const words = useWords(movesWords).progress
  const isRehearsal = !inFile && run?.verb === 'rehearse'
  const late = servers.filter(({ isReady }) => !isReady)
  return (
    <div className="move-progress">
      {progress ? (
        <Figures progress={progress} at={at} />
      ) : (
        <>
          <p role="status">{isRehearsal ? words.rehearsing : words.begun}</p>
          <progress aria-label={words.label} />
        </>
      )}
      {inFile?.isStopping && <p>{words.stopping}</p>}
      {late.length > 0 && progress?.phase === 'following' && (
        <>
          <p>{words.notReady}</p>
          <ul className="move-found">
            {late.map(({ id, host, pid }) => (
              <li key={id}>{words.server(host, pid)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
