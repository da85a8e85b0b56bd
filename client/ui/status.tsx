import type { ReactNode } from 'react'

export type Tone = 'ok' | 'warn' | 'bad' | 'off'

/** A state is a dot with a word, never a color alone. */
export const Status = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className="status" data-tone={tone}>
    {children}
  </span>
)
