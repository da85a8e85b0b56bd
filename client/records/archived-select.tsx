import { NativeSelect } from '@mantine/core'
import { useWords } from '../messages/messages.tsx'
import { recordWords } from './record-words.ts'

interface ArchivedSelectProps {
  /** In a sheet it says what it is. */
  hasLabel?: boolean | undefined
  value: 'yes' | undefined
  onChange(archived: 'yes' | undefined): void
}

/** Those in use, or the archived ones. */
export function ArchivedSelect({ hasLabel = false, value, onChange }: ArchivedSelectProps) {
  const { list: words } = useWords(recordWords)
  return (
    <NativeSelect
      {...(hasLabel ? { size: 'sm', label: words.shown } : { size: 'xs', 'aria-label': words.shown })}
      data={[
        { value: '', label: words.current },
        { value: 'yes', label: words.archived },
      ]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value === 'yes' ? 'yes' : undefined)}
    />
  )
}
