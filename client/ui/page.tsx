import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs'
import type { ReactNode } from 'react'
import { useMessages } from '../messages/messages.tsx'

interface PageHeadProps {
  title: string
  before?: ReactNode
  /** Beside the title, such as how many there are. */
  aside?: ReactNode
  /** What the person can do here, the primary one last. */
  actions?: ReactNode
}

export const PageHead = ({ title, before, aside, actions }: PageHeadProps) => (
  <div className="page-head">
    {before}
    <h1>{title}</h1>
    {aside}
    {actions && <div className="actions">{actions}</div>}
  </div>
)

export const BackLabel = ({ children }: { children: string }) => (
  <>
    <IconChevronLeft size={14} aria-hidden />
    {children}
  </>
)

interface SectionProps {
  title: string
  aside?: ReactNode
  actions?: ReactNode
  children: ReactNode
}
export function Section({ title, aside, actions, children }: SectionProps) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>
          {title} {aside}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** Shows nothing for the first moment, so that a quick answer does not flicker. */
export const Waiting = ({ lines = 6 }: { lines?: number }) => (
  <div className="late" role="status" aria-label={useMessages().loading}>
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
      <div key={line} style={{ padding: '11px 0' }}>
        <span className="waiting" />
      </div>
    ))}
  </div>
)

interface NoticeProps {
  tone: 'info' | 'warn' | 'bad'
  role?: 'alert' | 'status'
  children: ReactNode
}
export const Notice = ({ tone, role, children }: NoticeProps) => (
  <div className="notice" data-tone={tone} role={role}>
    {children}
  </div>
)

/** A screen reader reads it out at once. */
export const Failure = ({ children }: { children: ReactNode }) =>
  children && (
    <Notice tone="bad" role="alert">
      <p>{children}</p>
    </Notice>
  )
