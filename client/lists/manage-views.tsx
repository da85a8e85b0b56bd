import { Button, Modal } from '@mantine/core'
import type { ListPath } from '../../db/values.ts'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { Failure } from '../ui/page.tsx'
import { toast } from '../ui/toast.tsx'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'
import type { ListPartProps, SavedView } from './list-part.ts'
import { listWords } from './list-words.ts'
import './lists.css'
import { useViews, useViewWrites } from './use-views.ts'

interface ViewLineProps {
  view: SavedView
  isBusy: boolean
  onChange(): void
  onRemove(): void
}

function ViewLine({ view, isBusy, onChange, onRemove }: ViewLineProps) {
  const words = useWords(listWords)
  const { name, isMine, isShared, owner } = view
  return (
    <li>
      <div className="view-line">
        <span className="view-name">{name}</span>
        <span className="dim">
          {isMine || owner === null ? (isShared ? words.forEverybody : words.forYou) : words.by(owner)}
        </span>
      </div>
      {isMine && (
        <Button variant="default" aria-label={words.changeOne(name)} onClick={onChange}>
          {words.change}
        </Button>
      )}
      <Button variant="default" disabled={isBusy} aria-label={words.removeOne(name)} onClick={onRemove}>
        {words.remove}
      </Button>
    </li>
  )
}

/** One's own views, and for the office those that others have shared. */
export function ManageViews({ place, onOpen }: Pick<ListPartProps, 'onOpen'> & { place: ListPath }) {
  const messages = useMessages()
  const words = useWords(listWords)
  useReturnedFocus()
  const { changeable, isKnown } = useViews(place)
  const { remove } = useViewWrites()
  const removeOne = ({ id, version, name }: SavedView) =>
    remove.mutate({ id, version }, { onSuccess: () => toast(words.removed(name)) })
  return (
    <Modal
      opened
      onClose={() => onOpen(null)}
      title={words.manageTitle}
      closeButtonProps={{ 'aria-label': messages.close }}
    >
      {remove.error && <Failure>{sentenceOf(remove.error, messages)}</Failure>}
      {isKnown && changeable.length === 0 && <p className="dim">{words.none}</p>}
      <ul className="view-lines">
        {changeable.map((view) => (
          <ViewLine
            key={view.id}
            view={view}
            isBusy={remove.isPending}
            onChange={() => onOpen({ kind: 'change', view })}
            onRemove={() => removeOne(view)}
          />
        ))}
      </ul>
    </Modal>
  )
}
