import { CloseButton, Modal } from '@mantine/core'
import IconPage from '@tabler/icons-react/dist/esm/icons/IconArrowRight.mjs'
import IconBook from '@tabler/icons-react/dist/esm/icons/IconBook2.mjs'
import IconInstructor from '@tabler/icons-react/dist/esm/icons/IconChalkboard.mjs'
import IconRoom from '@tabler/icons-react/dist/esm/icons/IconDoor.mjs'
import IconGuardian from '@tabler/icons-react/dist/esm/icons/IconHeart.mjs'
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconHelp.mjs'
import IconCourse from '@tabler/icons-react/dist/esm/icons/IconNotebook.mjs'
import IconAction from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs'
import IconStudent from '@tabler/icons-react/dist/esm/icons/IconUser.mjs'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { part } from '../part.ts'
import { useSchool } from '../school.tsx'
import { may } from '../session.ts'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { Group, Item } from './items.ts'
import './palette.css'
import { closePalette, takeTyped } from './palette-state.ts'
import { useItems, useMarked, useSpeech } from './use-palette.ts'

const MarkedStudent = lazy(part(() => import('./marked-student.tsx')))

const icons = {
  students: IconStudent,
  instructors: IconInstructor,
  guardians: IconGuardian,
  classes: IconBook,
  courses: IconCourse,
  rooms: IconRoom,
  pages: IconPage,
  actions: IconAction,
  help: IconHelp,
}
/** A recent one keeps the icon of what it is, which its key begins with. */
const iconOf = ({ group, key }: Item) => icons[group === 'recent' ? (key.split(' ')[0] as 'students') : group]

interface OptionProps {
  item: Item
  id: string
  isActive: boolean
  onPick(): void
  onPoint(): void
}
function Option({ item, id, isActive, onPick, onPoint }: OptionProps) {
  const option = useRef<HTMLDivElement>(null)
  const Icon = iconOf(item)
  useEffect(() => {
    if (isActive) option.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the field names the active one (aria-activedescendant)
    <div
      ref={option}
      id={id}
      role="option"
      aria-selected={isActive}
      className="palette-item"
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={onPick}
    >
      <Icon size={18} stroke={1.5} aria-hidden />
      <span>
        <span className="palette-label">{item.label}</span>
        {item.second && <span className="palette-second">{item.second}</span>}
      </span>
    </div>
  )
}

interface ItemsProps extends Pick<ReturnType<typeof useMarked>, 'active' | 'mark' | 'choose'> {
  items: Item[]
  list: string
}

function Items({ items, list, active, mark, choose }: ItemsProps) {
  const { words } = useSpeech()
  const groups = [...new Set(items.map(({ group }) => group))]
  return (
    <div id={list} role="listbox" aria-label={words.results} className="palette-items">
      {groups.map((group: Group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, which a fieldset is not
        <div key={group} role="group" aria-labelledby={`${list}-${group}`}>
          <div id={`${list}-${group}`} className="palette-group" role="presentation">
            {words.groups[group]}
          </div>
          {items.map(
            (item, index) =>
              item.group === group && (
                <Option
                  key={item.key}
                  item={item}
                  id={`${list}-${index}`}
                  isActive={index === active}
                  onPick={() => choose(item)}
                  onPoint={() => index !== active && mark(index)}
                />
              ),
          )}
        </div>
      ))}
    </div>
  )
}

/** The kinds of record that were searched: those that this role may see. */
function useSearched(): string[] {
  const { words } = useSpeech()
  const school = useSchool()
  const { kinds } = words
  const isOwn = school.role === 'instructor'
  return [
    isOwn ? kinds.ownStudents : kinds.students,
    isOwn ? kinds.ownClasses : kinds.classes,
    ...(['instructor', 'guardian', 'course', 'room'] as const).flatMap((kind) =>
      may(school, `${kind}.read`) ? [kinds[`${kind}s`]] : [],
    ),
    kinds.pages,
    kinds.actions,
    kinds.help,
  ]
}

function Nothing({ text, isSettled, error }: { text: string; isSettled: boolean; error: unknown }) {
  const { words, messages } = useSpeech()
  const searched = useSearched()
  if (error) return <p className="palette-nothing">{sentenceOf(error, messages)}</p>
  if (!isSettled) return <p className="palette-nothing late">{words.searching}</p>
  return (
    <div className="palette-nothing">
      {words.nothing(text)}
      <p>
        {words.searched} {searched.join(', ')}
      </p>
      <p>{words.notArchived}</p>
    </div>
  )
}

function Panel() {
  const { words, messages } = useSpeech()
  const list = useId()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const { items, isSettled, error } = useItems(text)
  const { onKeyDown, ...marked } = useMarked(items, isSettled, text)
  useEffect(() => {
    field.current?.focus()
    const before = takeTyped()
    if (before) setTyped((now) => before + now)
  }, [])
  return (
    <>
      <div className="palette-field">
        <IconSearch size={18} stroke={1.6} aria-hidden />
        <input
          ref={field}
          data-autofocus
          role="combobox"
          aria-label={words.title}
          aria-expanded={items.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={items.length ? `${list}-${marked.active}` : undefined}
          placeholder={words.placeholder}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <CloseButton className="palette-close" aria-label={messages.close} onClick={() => closePalette()} />
      </div>
      {items.length > 0 && <Items items={items} list={list} {...marked} />}
      {items.length > 0 && (
        <Suspense>
          <MarkedStudent item={items[marked.active]} />
        </Suspense>
      )}
      <div role="status">
        {items.length === 0 && <Nothing text={text} isSettled={isSettled} error={error} />}
        {items.length > 0 && text !== '' && isSettled && (
          <span className="palette-count">{words.found(items.length)}</span>
        )}
      </div>
    </>
  )
}

export function Palette() {
  const { words } = useSpeech()
  const isNarrow = useIsNarrow()
  return (
    <Modal.Root
      opened
      onClose={() => closePalette()}
      returnFocus={false}
      classNames={{ content: 'palette' }}
      centered={false}
      fullScreen={isNarrow}
      yOffset="9vh"
      size={600}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.28} />
      <Modal.Content aria-label={words.title}>
        <Panel />
      </Modal.Content>
    </Modal.Root>
  )
}
