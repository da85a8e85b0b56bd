import { ActionIcon, Button, TextInput } from '@mantine/core'
import IconDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs'
import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { GradeLevel } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { levelsIn, longestLevelName, moved, tooLongIn } from './grade-list.ts'
import { settingsWords } from './settings-words.ts'
import type { SettingsForm } from './use-settings-form.ts'
import { settingId } from './use-settings-form.ts'

const grades = ['Kindergarten', ...Array.from({ length: 12 }, (_, index) => `Grade ${index + 1}`)].join(',')
const years = Array.from({ length: 13 }, (_, index) => `Year ${index + 1}`).join(',')

function Icon({ label, disabled, onClick, children }: IconProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={34}
      aria-label={label}
      disabled={disabled ?? false}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  )
}
interface IconProps {
  label: string
  disabled?: boolean
  onClick(): void
  children: ReactNode
}

interface LevelRowProps {
  level: GradeLevel
  place: number
  isLast: boolean
  onName(name: string): void
  onMove(by: number): void
  onRemove(): void
}
function LevelRow({ level: { code, name }, place, isLast, onName, onMove, onRemove }: LevelRowProps) {
  const { grades: words } = useWords(settingsWords)
  return (
    <li className="grade-row">
      <TextInput
        aria-label={words.name(place)}
        value={name}
        maxLength={longestLevelName}
        autoComplete="off"
        onChange={(event) => onName(event.currentTarget.value)}
      />
      <span className="dim grade-code">{code !== name && words.inFiles(code)}</span>
      <Icon label={words.up(name)} disabled={place === 1} onClick={() => onMove(-1)}>
        <IconUp size={16} aria-hidden />
      </Icon>
      <Icon label={words.down(name)} disabled={isLast} onClick={() => onMove(1)}>
        <IconDown size={16} aria-hidden />
      </Icon>
      <Icon label={words.remove(name)} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </Icon>
    </li>
  )
}

/** Enter adds what is typed instead of saving the page. */
function AddLevel({ onAdd }: { onAdd(typed: string): void }) {
  const { grades: words } = useWords(settingsWords)
  const [typed, setTyped] = useState('')
  const tooLong = tooLongIn(typed)
  const add = () => {
    if (tooLong) return
    onAdd(typed)
    setTyped('')
  }
  return (
    <div className="grade-add">
      <TextInput
        id={settingId('gradeLevels')}
        label={words.added}
        description={words.addedHint}
        error={tooLong && words.tooLong(tooLong.length, longestLevelName)}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
      <Button variant="default" disabled={!typed.trim() || !!tooLong} onClick={add}>
        {words.add}
      </Button>
    </div>
  )
}

export function GradeLevels({ form }: { form: SettingsForm }) {
  const { sections, grades: words } = useWords(settingsWords)
  const levels = form.values.gradeLevels
  const set = (gradeLevels: GradeLevel[]) => form.set({ gradeLevels })
  return (
    <fieldset className="settings-list">
      <legend>{sections.grades}</legend>
      <p className="dim">{levels.length ? words.hint : words.usual}</p>
      {levels.length > 0 && (
        <ol className="grade-rows">
          {levels.map((level, index) => (
            <LevelRow
              // biome-ignore lint/suspicious/noArrayIndexKey: while it is typed, two may be the same
              key={index}
              level={level}
              place={index + 1}
              isLast={index === levels.length - 1}
              onName={(name) => set(levels.map((one, at) => (at === index ? { ...one, name } : one)))}
              onMove={(by) => set(moved(levels, index, by))}
              onRemove={() => set(levels.filter((_, at) => at !== index))}
            />
          ))}
        </ol>
      )}
      {form.errors.gradeLevels && <p className="field-error">{form.errors.gradeLevels}</p>}
      <AddLevel onAdd={(typed) => set([...levels, ...levelsIn(typed, levels)])} />
      {!levels.length && (
        <div className="settings-begin">
          <Button variant="subtle" onClick={() => set(levelsIn(grades))}>
            {words.begin.grades}
          </Button>
          <Button variant="subtle" onClick={() => set(levelsIn(years))}>
            {words.begin.years}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
