import { ColumnItems } from './column-items.tsx'
import { ExportDialog } from './export-dialog.tsx'
import type { ListPartProps } from './list-part.ts'
import type { ListSheet } from './list-sheet.ts'
import { ManageViews } from './manage-views.tsx'
import { ViewDialog } from './view-dialog.tsx'
import { ViewItems } from './view-items.tsx'

export default function ListParts<Row>({ part, onOpen, sheet }: ListPartProps & { sheet: ListSheet<Row> }) {
  const { place, path, search } = sheet
  const close = () => onOpen(null)
  if (part.kind === 'list') return <ColumnItems sheet={sheet} onOpen={onOpen} />
  if (part.kind === 'export') return <ExportDialog sheet={sheet} onClose={close} />
  if (!place) return null
  if (part.kind === 'views') return <ViewItems place={place} path={path} search={search} onOpen={onOpen} />
  if (part.kind === 'manage') return <ManageViews place={place} onOpen={onOpen} />
  return (
    <ViewDialog place={place} search={search} view={part.kind === 'change' ? part.view : undefined} onClose={close} />
  )
}
