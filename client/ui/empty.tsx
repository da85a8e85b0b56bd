import type { ReactNode } from 'react'
import { useMessages } from '../messages/messages.tsx'

interface EmptyProps {
  title: string
  hint?: ReactNode
  /** What it is about, each in words of its own: the filters that are set. */
  facts?: readonly string[]
  /** A line to run beside the server. */
  command?: string | undefined
  /** Inside a page's section it stands at the text's edge; otherwise in the middle. */
  inPage?: boolean
  /** It is the whole page, and its title the page's. */
  isPage?: boolean
  titleId?: string
  children?: ReactNode
}

/** Nobody is to need it: it is folded away. */
const Command = ({ children }: { children: string }) => (
  <details className="command-fold">
    <summary>{useMessages().atCommandLine}</summary>
    <code className="command" dir="ltr">
      {children}
    </code>
  </details>
)

export const Empty = ({
  title,
  hint,
  facts = [],
  command,
  inPage = false,
  isPage = false,
  titleId,
  children,
}: EmptyProps) => (
  <div className={inPage ? 'empty in-page' : 'empty'}>
    {isPage ? (
      <h1 id={titleId} className="empty-title">
        {title}
      </h1>
    ) : (
      <div className="empty-title">{title}</div>
    )}
    {hint && <p>{hint}</p>}
    {facts.length > 0 && <p>{facts.join(' · ')}</p>}
    {command && <Command>{command}</Command>}
    {children && <div className="actions">{children}</div>}
  </div>
)
