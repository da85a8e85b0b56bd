import { ActionIcon, Menu } from '@mantine/core'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { useWords } from '../messages/messages.tsx'
import { CompleteDialog } from './complete-dialog.tsx'
import { EditEnrollmentDialog } from './edit-enrollment-dialog.tsx'
import type { Place } from './enrollment-place.ts'
import { enrollmentWords } from './enrollment-words.ts'
import { useReinstate } from './use-enrollment-writes.ts'
import { useRowAction } from './use-row-action.ts'
import { WithdrawDialog } from './withdraw-dialog.tsx'

type Doing = 'withdraw' | 'complete' | 'edit'

interface EnrollmentActionsProps {
  place: Place
  /** What the button is about, as the screen calls it: the student or the class. */
  about: string
  next?: string | undefined
  /** Only for who waits behind others. */
  onPutFirst?: (() => void) | undefined
}

interface DialogsProps extends EnrollmentActionsProps {
  doing: Doing
  onClose(): void
  /** Called when the action is done; the row may move in the list. */
  onDone(): void
}

function Dialogs({ doing, place, next, onClose, onDone }: DialogsProps) {
  if (doing === 'withdraw') return <WithdrawDialog place={place} next={next} onClose={onClose} onDone={onDone} />
  if (doing === 'complete') return <CompleteDialog place={place} onClose={onClose} onDone={onDone} />
  return <EditEnrollmentDialog place={place} onClose={onClose} />
}

/** The actions on an enrollment, by its status. */
export function EnrollmentActions(props: EnrollmentActionsProps) {
  const { place, about } = props
  const { change: words, waitlist } = useWords(enrollmentWords)
  const { doing, setDoing, leave, button, onKeyDown } = useRowAction<Doing>()
  const reinstate = useReinstate(place)
  const { status } = place.enrollment
  const isOpen = status === 'enrolled'
  const isWaiting = status === 'waitlisted'
  return (
    <>
      <Menu position="bottom-end" width={220} withinPortal>
        <Menu.Target>
          <ActionIcon
            ref={button}
            variant="subtle"
            color="gray"
            className="row-actions"
            aria-label={words.actionsFor(about)}
            onKeyDown={onKeyDown}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isOpen && <Menu.Item onClick={() => setDoing('withdraw')}>{words.withdraw}</Menu.Item>}
          {props.onPutFirst && <Menu.Item onClick={props.onPutFirst}>{waitlist.putFirst}</Menu.Item>}
          {isWaiting && <Menu.Item onClick={() => setDoing('withdraw')}>{words.takeOffSubmit}</Menu.Item>}
          {isOpen && <Menu.Item onClick={() => setDoing('complete')}>{words.complete}</Menu.Item>}
          {!isOpen && !isWaiting && (
            <Menu.Item disabled={reinstate.isBusy} onClick={() => reinstate.send(place.enrollment)}>
              {words.reinstate}
            </Menu.Item>
          )}
          {!isWaiting && <Menu.Item onClick={() => setDoing('edit')}>{words.edit}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {doing && <Dialogs {...props} doing={doing} onClose={() => leave(0)} onDone={() => leave(1)} />}
    </>
  )
}
