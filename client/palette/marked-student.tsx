import { useDebouncedValue } from '@mantine/hooks'
import { Whereabouts } from '../meetings/whereabouts.tsx'
import type { Item } from './items.ts'

/** Where the marked student is now. Who only passes by with the arrow keys asks for nobody. */
export default function MarkedStudent({ item }: { item: Item | undefined }) {
  const [kind, id] = item?.key.split(' ') ?? []
  const [rested] = useDebouncedValue(kind === 'students' ? id : undefined, 200)
  if (kind !== 'students') return null
  return <p className="palette-where">{rested && rested === id && <Whereabouts studentId={rested} isBrief />}</p>
}
