import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import type { Tone } from '../ui/status.tsx'
import { Status } from '../ui/status.tsx'
import { movesWords } from './moves-words.ts'

type Phase = NonNullable<Outputs['moves']['get']['progress']>['phase']

const order = ['prepare', 'setUp', 'execute', 'validate'] as const
type Step = (typeof order)[number]

const stepOf: Record<Phase, Step> = {
  looking: 'prepare',
  making: 'setUp',
  copying: 'execute',
  indexes: 'execute',
  comparing: 'execute',
  following: 'execute',
  'changing over': 'execute',
  settling: 'validate',
  clearing: 'validate',
}
const tones: Record<'done' | 'now' | 'ahead', Tone> = { done: 'ok', now: 'warn', ahead: 'off' }

/** The four steps in plain words; with `phase`, where the move is. */
export function Steps({ phase }: { phase: Phase | null }) {
  const words = useWords(movesWords).steps
  const at = phase && order.indexOf(stepOf[phase])
  const stateOf = (index: number) => (at === null || index > at ? 'ahead' : index < at ? 'done' : 'now')
  return (
    <ol className="move-steps" aria-label={words.label}>
      {order.map((step, index) => (
        <li key={step} {...(at === index && { 'aria-current': 'step' })}>
          <h2>
            {words[step].title}
            {phase && <Status tone={tones[stateOf(index)]}>{words.states[stateOf(index)]}</Status>}
          </h2>
          <p className="dim">{words[step].hint}</p>
        </li>
      ))}
    </ol>
  )
}
