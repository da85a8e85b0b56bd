import type { ReactNode } from 'react'
import markUrl from '../mark.svg'
import { useMessages } from '../messages/messages.tsx'
import './form.css'

/** Pages for people who are not signed in: the mark and one card. */
export function Door({ isWide = false, children }: { isWide?: boolean; children: ReactNode }) {
  const { app } = useMessages()
  return (
    <main className="door">
      <div className="door-mark">
        <img src={markUrl} alt="" width={26} height={26} />
        {app}
      </div>
      <div className={isWide ? 'door-card is-wide' : 'door-card'}>{children}</div>
    </main>
  )
}
