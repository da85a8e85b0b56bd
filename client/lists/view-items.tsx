import { Menu } from '@mantine/core'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import { Link } from '@tanstack/react-router'
import type { ListPath } from '../../db/values.ts'
import { addressOf } from '../addresses.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { ListPartProps, SavedView } from './list-part.ts'
import { listWords } from './list-words.ts'
import './lists.css'
import { useViews } from './use-views.ts'
import { isSameView, viewSearch, viewText } from './view-text.ts'

interface ViewLinkProps {
  path: ListPath
  name: string
  /** The view, and the list as it is shown, as `viewText` writes them. */
  text: string
  shown: string
}

function ViewLink({ path, name, text, shown }: ViewLinkProps) {
  const { slug } = useSchool()
  const isShown = isSameView(text, shown)
  return (
    <Menu.Item
      rightSection={isShown ? <IconCheck size={15} aria-hidden /> : undefined}
      aria-current={isShown ? 'true' : undefined}
      renderRoot={(props) => (
        <Link to={addressOf({ path })} params={{ school: slug }} search={viewSearch(text)} {...props} />
      )}
    >
      <span className="view-name">{name}</span>
    </Menu.Item>
  )
}

interface ViewItemsProps extends Pick<ListPartProps, 'onOpen'> {
  place: ListPath
  path: ListPath
  search: object
}

export function ViewItems({ place, path, search, onOpen }: ViewItemsProps) {
  const words = useWords(listWords)
  const { own, shared, changeable } = useViews(place)
  const shown = viewText(search)
  const links = (views: readonly SavedView[]) =>
    views.map(({ id, name, search: text }) => <ViewLink key={id} path={path} name={name} text={text} shown={shown} />)
  return (
    <>
      <ViewLink path={path} name={words.usual} text="" shown={shown} />
      {own.length > 0 && <Menu.Label>{words.own}</Menu.Label>}
      {links(own)}
      {shared.length > 0 && <Menu.Label>{words.shared}</Menu.Label>}
      {links(shared)}
      <Menu.Divider />
      <Menu.Item onClick={() => onOpen({ kind: 'save' })}>{words.save}</Menu.Item>
      {changeable.length > 0 && <Menu.Item onClick={() => onOpen({ kind: 'manage' })}>{words.manage}</Menu.Item>}
    </>
  )
}
