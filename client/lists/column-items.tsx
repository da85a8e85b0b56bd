import { Menu } from '@mantine/core'
import IconPaste from '@tabler/icons-react/dist/esm/icons/IconClipboardText.mjs'
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs'
import IconPrinter from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs'
import { Link, useNavigate } from '@tanstack/react-router'
import { addressOf } from '../addresses.ts'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import type { Separator } from './csv.ts'
import { separators, useSeparator } from './csv-separator.ts'
import { colsOf, shownColumns } from './list-columns.ts'
import type { ListPartProps } from './list-part.ts'
import type { ListSheet } from './list-sheet.ts'
import { listWords } from './list-words.ts'
import { viewSearch, viewText } from './view-text.ts'

/** Which columns are shown, beside the first, which always is. They stay in one order. */
function Columns<Row>({ sheet: { columns, path, search } }: { sheet: ListSheet<Row> }) {
  const words = useWords(listWords)
  const { slug } = useSchool()
  const navigate = useNavigate()
  const shown = new Set(shownColumns(columns, search.cols).map(({ id }) => id))
  const choose = (id: string, isShown: boolean) => {
    const chosen = columns.slice(1).filter((column) => (column.id === id ? isShown : shown.has(column.id)))
    const cols = colsOf(
      columns,
      chosen.map((column) => column.id),
    )
    void navigate({
      to: addressOf({ path }),
      params: { school: slug },
      search: { ...search, cols },
      replace: true,
    })
  }
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{words.columns}</Menu.Label>
      {columns.slice(1).map(({ id, header }) => (
        <Menu.CheckboxItem key={id} checked={shown.has(id)} onChange={(isShown) => choose(id, isShown)}>
          {header}
        </Menu.CheckboxItem>
      ))}
    </>
  )
}

/** What stands between the cells of a file. The menu stays open: the export follows. */
function Separators() {
  const words = useWords(listWords)
  const [separator, choose] = useSeparator(useFormats().locale)
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{words.separator}</Menu.Label>
      <Menu.RadioGroup value={separator} onChange={(value) => choose(value as Separator)}>
        {separators.map((one) => (
          <Menu.RadioItem key={one} value={one}>
            {words.separators[one]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}

/** The file and the paper; last the columns, where they can be seen: they may be more than fit. */
export function ColumnItems<Row>({ sheet, onOpen }: Pick<ListPartProps, 'onOpen'> & { sheet: ListSheet<Row> }) {
  const words = useWords(listWords)
  const { lists } = useMessages()
  const { slug } = useSchool()
  const isNarrow = useIsNarrow()
  return (
    <>
      {sheet.isPastable && (
        <Menu.Item
          leftSection={<IconPaste size={16} aria-hidden />}
          renderRoot={(props) => (
            <Link
              to={addressOf(sheet, '/paste')}
              params={{ school: slug }}
              state={{ wasOpenedHere: true }}
              {...props}
            />
          )}
        >
          {lists.paste}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => onOpen({ kind: 'export' })}>
        {words.export}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPrinter size={16} aria-hidden />}
        renderRoot={(props) => (
          <Link
            to={addressOf(sheet, '/print')}
            params={{ school: slug }}
            search={viewSearch(viewText(sheet.search))}
            state={{ wasOpenedHere: true }}
            {...props}
          />
        )}
      >
        {words.print}
      </Menu.Item>
      {sheet.papers?.map(({ to, label }) => (
        <Menu.Item
          key={to}
          leftSection={<IconPrinter size={16} aria-hidden />}
          renderRoot={(props) => (
            <Link to={to} params={{ school: slug }} search={viewSearch(viewText(sheet.search))} {...props} />
          )}
        >
          {label}
        </Menu.Item>
      ))}
      <Separators />
      {sheet.columns.length > 1 && !isNarrow && <Columns sheet={sheet} />}
    </>
  )
}
