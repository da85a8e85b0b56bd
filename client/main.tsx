// First, so that its listener hears keys before all others.
import './composing.ts'
import './trusted-types.ts'
import './mantine.css'
import './base.css'
import './ui/ui.css'
import './ui/print.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { renew } from './connection.ts'
import { firstLanguage, speak } from './messages/languages.ts'
import { register, sessionQuery } from './session.ts'
import { shownAddress } from './typed-address.ts'

// zod would try `new Function`, which the Content-Security-Policy reports. It comes later, with the first form.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

async function start(root: HTMLElement): Promise<void> {
  // Meanwhile the server says who is signed in.
  void register.queryClient.prefetchQuery(sessionQuery)
  await speak(firstLanguage())
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

/** No words are here to say it in: those of index.html do. */
function sayInstalling(): void {
  const installing = document.getElementById('installing')
  if (installing) installing.hidden = false
  void renew()
}

// An address of before 2026-11-29 has the words in front of its `#`: it is read, and shown as it is now.
const shown = shownAddress(new URL(location.href)).href
if (shown !== location.href) history.replaceState(history.state, '', shown)

const root = document.getElementById('root')
if (root) start(root).catch(sayInstalling)
