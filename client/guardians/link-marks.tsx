import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { Status } from '../ui/status.tsx'
import { guardianWords } from './guardian-kind.ts'

type Marked = Pick<
  Outputs['studentGuardians']['list'][number],
  'relation' | 'hasCustody' | 'mayPickUp' | 'livesWith' | 'isBarred'
>
const plain = ['hasCustody', 'mayPickUp', 'livesWith'] as const

export function LinkMarks({ link }: { link: Marked }) {
  const { relations, marks } = useWords(guardianWords)
  const said = [relations[link.relation], ...plain.filter((mark) => link[mark]).map((mark) => marks[mark])]
  return (
    <span className="marks">
      {link.isBarred && <Status tone="bad">{marks.isBarred}</Status>}
      <span className="dim">{said.join(' · ')}</span>
    </span>
  )
}
