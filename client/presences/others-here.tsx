import { useWords } from '../messages/messages.tsx'
import { recordWords } from '../records/record-words.ts'
import { Status } from '../ui/status.tsx'
import type { Opened } from './use-presence.ts'
import { usePresence } from './use-presence.ts'
import './presence.css'

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
