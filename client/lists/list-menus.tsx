import { ActionIcon, Button } from '@mantine/core'
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { lazy, Suspense, useState } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { useTrpc } from '../school.tsx'
import { LateMenu } from '../ui/late-menu.tsx'
import type { ListDialog, ListPartProps } from './list-part.ts'
import type { ListSheet } from './list-sheet.ts'
import { isSameView, viewText } from './view-text.ts'

/** What the menus hold and the dialogs they open: loaded when they are about to be wanted. */
const load = part(() => import('./list-parts.tsx'))
const ListParts = lazy(load)

type Parts<Row> = ComponentType<ListPartProps & { sheet: ListSheet<Row> }>
const items = async <Row,>(): Promise<Parts<Row>> => (await load()).default

/** The list's saved views, named by the one it shows; and its columns, its file and its paper. */
export function ListMenus<Row>({ sheet }: { sheet: ListSheet<Row> }) {
  const { place, search } = sheet
  const { lists: words } = useMessages()
  const trpc = useTrpc()
  const [dialog, onOpen] = useState<ListDialog | null>(null)
  const text = viewText(search)
  const { data } = useQuery(
    trpc.savedViews.list.queryOptions(
      { place: place ?? 'students' },
      { staleTime: 300_000, enabled: Boolean(place && text) },
    ),
  )
  const shown = place && data?.find((view) => isSameView(view.search, text))
  const menu = { width: 260, isTall: true, items: items<Row> }
  return (
    <>
      {place && (
        <LateMenu
          {...menu}
          itemProps={{ part: { kind: 'views' }, onOpen, sheet }}
          button={
            <Button
              variant="subtle"
              color="gray"
              maw={220}
              rightSection={<IconChevronDown size={14} aria-hidden />}
              aria-label={shown ? words.view(shown.name) : undefined}
            >
              {shown?.name ?? words.views}
            </Button>
          }
        />
      )}
      <LateMenu
        {...menu}
        itemProps={{ part: { kind: 'list' }, onOpen, sheet }}
        button={
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={words.more}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        }
      />
      {dialog && (
        <Suspense>
          <ListParts part={dialog} onOpen={onOpen} sheet={sheet} />
        </Suspense>
      )}
    </>
  )
}
