import { Checkbox, Modal } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { turnSingleKeys, useSingleKeysOn } from '../ui/single-keys.ts'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'
import { handbook } from './handbook.ts'
import { helpWords } from './help-words.ts'
import { helpFor } from './section-for.ts'
import { SectionText } from './section-text.tsx'

/** The page's address without the school. */
function usePagePath(): string {
  const { pathname } = useLocation()
  return pathname.split('/').slice(2).join('/')
}

const KeyTable = ({ label, keys }: { label: string; keys: readonly (readonly [string, string])[] }) => {
  const words = useWords(helpWords)
  return (
    <table className="help-keys">
      <caption>{label}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{words.key}</th>
          <th scope="col">{words.does}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map(([key, does]) => (
          <tr key={key}>
            <th scope="row">
              <kbd>{key}</kbd>
            </th>
            <td>{does}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export default function HelpDialog({ onClose }: { onClose(): void }) {
  const words = useWords(helpWords)
  const { close } = useMessages()
  const { slug } = useSchool()
  const areOn = useSingleKeysOn()
  const { section: wanted, keys } = helpFor(usePagePath())
  const section = handbook.find((one) => one.slug === wanted)
  useReturnedFocus()
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.title}
      size={640}
      fullScreen={useIsNarrow()}
      closeButtonProps={{ 'aria-label': close }}
      transitionProps={{ duration: 0 }}
    >
      {section && (
        <section className="help-section">
          <h3 lang="en">{section.title}</h3>
          <SectionText of={section} onGo={onClose} />
        </section>
      )}
      <p>
        <Link to="/$school/help" params={{ school: slug }} search={{ section: wanted }} onClick={onClose}>
          {words.whole}
        </Link>
      </p>
      <section className="help-section">
        <h3>{words.keysTitle}</h3>
        {[...keys, 'everywhere' as const].map((of) => (
          <KeyTable key={of} label={words.keysLabel[of]} keys={words.keys[of]} />
        ))}
        <Checkbox
          checked={areOn}
          label={words.single}
          onChange={(event) => turnSingleKeys(event.currentTarget.checked)}
        />
      </section>
    </Modal>
  )
}
