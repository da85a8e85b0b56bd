import { useWords } from '../messages/messages.tsx'
import type { Opened } from '../presences/use-presence.ts'
import { usePresence } from '../presences/use-presence.ts'
import { Status } from '../ui/status.tsx'
import { recordWords } from './record-words.ts'
import './others-here.css'

/** Who else has this record open, in a line below its title; nothing while one is alone with it. */
export function OthersHere(opened: Opened) {
  const others = usePresence(opened)
  const { presence: words } = useWords(recordWords)
  const named = (isEditing: boolean) => others.filter((one) => one.isEditing === isEditing).map(({ name }) => name)
  const [editing, viewing] = [named(true), named(false)]
  return (
    <div role="status" className="others-here">
      {editing.length > 0 && <Status tone="warn">{words.editing(editing)}</Status>}
      {viewing.length > 0 && <Status tone="ok">{words.viewing(viewing)}</Status>}
    </div>
  )
}
