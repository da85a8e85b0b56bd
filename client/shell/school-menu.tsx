import IconSelector from '@tabler/icons-react/dist/esm/icons/IconSelector.mjs'
import { useMessages } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { useSchool } from '../school.tsx'
import { LateMenu } from '../ui/late-menu.tsx'

const items = async () => (await part(() => import('./school-items.tsx'))()).SchoolItems

/** Which school this is; with several, the way to the others. */
export function SchoolMenu({ hasOthers }: { hasOthers: boolean }) {
  const { shell } = useMessages()
  const { name } = useSchool()
  if (!hasOthers) return <span className="school-name">{name}</span>
  return (
    <LateMenu
      isLeft
      isTall
      items={items}
      itemProps={{}}
      button={
        <button type="button" className="school-name" title={shell.switchSchool}>
          {name}
          <IconSelector size={14} aria-hidden />
        </button>
      }
    />
  )
}
