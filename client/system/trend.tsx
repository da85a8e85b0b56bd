import { useId } from 'react'
import { useWords } from '../messages/messages.tsx'
import { systemWords } from './system-words.ts'

interface TrendProps {
  title: string
  /** One per minute or day, the oldest first; null where there is nothing to say. */
  values: readonly (number | null)[]
  shown(value: number): string
  ends: { from: string; until: string; newest: string }
}

const [width, height] = [320, 64]

/** From point to point, with gaps where there is none. A point alone is drawn as a dot by the line's round ends. */
function path(values: readonly (number | null)[], most: number): string {
  const step = width / Math.max(1, values.length - 1)
  const parts = values.map((value, index) => {
    if (value === null) return ''
    const isStart = values[index - 1] === null || index === 0
    const [x, y] = [index * step, height - (value / (most || 1)) * height]
    return `${isStart ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}${isStart && (values[index + 1] ?? null) === null ? 'h0' : ''}`
  })
  return parts.join('')
}

/** How a number went, with the newest and the largest in words. */
export function Trend({ title, values, shown, ends }: TrendProps) {
  const words = useWords(systemWords).trends
  const id = useId()
  const told = values.filter((value) => value !== null)
  const most = Math.max(0, ...told)
  const newest = values.at(-1) ?? null
  const [newestText, mostText] = [
    `${ends.newest} ${newest === null ? words.none : shown(newest)}`,
    `${words.most} ${told.length ? shown(most) : words.none}`,
  ]
  return (
    <figure className="trend" aria-labelledby={id}>
      <figcaption id={id}>
        {title} <span className="dim digits">{newestText}</span>
      </figcaption>
      <svg
        viewBox={`0 -2 ${width} ${height + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}: ${newestText}, ${mostText}`}
      >
        <path className="trend-ground" d={`M0 0H${width}M0 ${height}H${width}`} />
        <path className="trend-line" d={path(values, most)} />
      </svg>
      <div className="trend-ends dim digits">
        <span>{ends.from}</span>
        <span>{mostText}</span>
        <span>{ends.until}</span>
      </div>
    </figure>
  )
}
