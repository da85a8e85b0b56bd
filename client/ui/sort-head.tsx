import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs'
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs'

interface SortHeadProps {
  label: string
  direction: 'ascending' | 'descending' | undefined
  onToggle(): void
}

export const SortHead = ({ label, direction, onToggle }: SortHeadProps) => {
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <button type="button" className="sort" onClick={onToggle}>
      {label}
      <Arrow size={13} aria-hidden />
    </button>
  )
}
