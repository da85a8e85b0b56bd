import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import './help.css'
import { helpWords } from './help-words.ts'
import type { Block, Inline, Section } from './read-sections.ts'

function InlineText({ part, onGo }: { part: Inline; onGo: (() => void) | undefined }) {
  const { slug } = useSchool()
  if (part.kind === 'link')
    return (
      <Link
        to="/$school/help"
        params={{ school: slug }}
        search={{ section: part.to.replace('#', '') }}
        {...(onGo && { onClick: onGo })}
      >
        {part.text}
      </Link>
    )
  if (part.kind === 'emphasis') return <em>{part.text}</em>
  if (part.kind === 'strong') return <strong>{part.text}</strong>
  return part.kind === 'code' ? <code>{part.text}</code> : part.text
}

interface Said<T> {
  of: T
  onGo?: (() => void) | undefined
}
const Inlines = ({ of, onGo }: Said<readonly Inline[]>): ReactNode =>
  of.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
    <InlineText key={index} part={part} onGo={onGo} />
  ))

/** The corner above the names of the rows is empty, and heads nothing. */
const HeadCell = ({ of, onGo }: Said<readonly Inline[]>) =>
  of.length ? (
    <th scope="col">
      <Inlines of={of} onGo={onGo} />
    </th>
  ) : (
    <td />
  )

const saidIn = (of: readonly Inline[]) => of.map(({ text }) => text).join('')

/** On a phone it is wider than the screen, and the keys scroll it. */
const TableText = ({ of: { head, rows }, onGo }: Said<Extract<Block, { kind: 'table' }>>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has the focus for the keys that do it
  <section className="help-table" tabIndex={0} aria-label={useWords(helpWords).table(head.map(saidIn).filter(Boolean))}>
    <table>
      <thead>
        <tr>
          {head.map((cell, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
            <HeadCell key={index} of={cell} onGo={onGo} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first = [], ...cells], row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
          <tr key={row}>
            <th scope="row">
              <Inlines of={first} onGo={onGo} />
            </th>
            {cells.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
              <td key={index}>
                <Inlines of={cell} onGo={onGo} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

function BlockText({ of, onGo }: Said<Block>) {
  if (of.kind === 'table') return <TableText of={of} onGo={onGo} />
  if (of.kind === 'paragraph')
    return (
      <p>
        <Inlines of={of.text} onGo={onGo} />
      </p>
    )
  return (
    <ul>
      {of.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
        <li key={index}>
          <Inlines of={item} onGo={onGo} />
        </li>
      ))}
    </ul>
  )
}

/** The handbook is written in English, whatever the page speaks. */
export const SectionText = ({ of, onGo }: Said<Section>) => (
  <div className="help-text" lang="en" dir="ltr">
    {of.blocks.map((block, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
      <BlockText key={index} of={block} onGo={onGo} />
    ))}
  </div>
)
