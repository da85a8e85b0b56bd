import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import { allTerms } from '../classes/classes-search.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import type { Shown } from './figures.tsx'
import { Figure } from './figures.tsx'
import { homeWords } from './home-words.ts'

type Seats = NonNullable<Outputs['home']['figures']['seats']>
type Counted = Pick<Seats, 'left' | 'full' | 'seats' | 'taken'>

interface RowProps {
  name: string
  counted: Counted
  term: Seats['term']
  department?: string
}
function SeatsRow({ name, counted: { left, full, seats, taken }, term, department }: RowProps) {
  const words = useWords(homeWords)
  const { number } = useFormats()
  const { slug } = useSchool()
  const search = { term: term?.id ?? allTerms, ...(department && { department }) }
  const way = (is: 'left' | 'full', count: number) => (
    <Link
      to="/$school/classes"
      params={{ school: slug }}
      search={{ ...search, seats: is }}
      aria-label={`${name}: ${words.classesWith[is](count)}`}
    >
      {number(count)}
    </Link>
  )
  const style = { '--share': Math.min(1, taken / Math.max(1, seats)) } as CSSProperties
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="seats-bar" style={style} aria-hidden />
      </th>
      <td>{seats > 0 && words.taken(taken, seats)}</td>
      <td>{way('left', left)}</td>
      <td>{full > 0 ? way('full', full) : number(0)}</td>
    </tr>
  )
}

function SeatsTable({ seats: { term, departments, ...all } }: { seats: Seats }) {
  const words = useWords(homeWords)
  if (all.left + all.full === 0) return <p className="dim">{words.noClasses(term?.title ?? null)}</p>
  const { seatHeads: heads } = words
  return (
    <table className="seats">
      <thead>
        <tr>
          <td />
          <th scope="col">{heads.taken}</th>
          <th scope="col">{heads.left}</th>
          <th scope="col">{heads.full}</th>
        </tr>
      </thead>
      <tbody>
        <SeatsRow name={words.allClasses} counted={all} term={term} />
        {departments.map(({ id, name, ...counted }) => (
          <SeatsRow key={id} name={name} counted={counted} term={term} department={id} />
        ))}
      </tbody>
    </table>
  )
}

export function SeatsFigure({ figures, isPending }: Shown) {
  const words = useWords(homeWords)
  if (!isPending && !figures?.seats) return null
  const title = figures?.seats?.term?.title
  return (
    <Figure
      title={words.seatsLeft}
      aside={title && <span className="dim">{title}</span>}
      kind="seats"
      isPending={isPending}
    >
      {figures?.seats && <SeatsTable seats={figures.seats} />}
    </Figure>
  )
}
