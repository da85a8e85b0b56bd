import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import type { ReactNode } from 'react'
import { lazy, Suspense } from 'react'
import type { ListPath } from '../../db/values.ts'
import { addressOf } from '../addresses.ts'
import { useSchool } from '../school.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import '../ui/list-page.css'
import { part } from '../part.ts'
import { PageHead, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ListMenus } from './list-menus.tsx'
import type { ListSheet } from './list-sheet.ts'

const PrintList = lazy(part(() => import('./print-list.tsx')))

function AddLink({ path, label }: { path: ListPath; label: string }) {
  const { slug } = useSchool()
  return (
    <LinkButton
      className="within-reach"
      to={addressOf({ path }, '/new')}
      params={{ school: slug }}
      state={{ wasOpenedHere: true }}
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {label}
    </LinkButton>
  )
}

interface ListFrameProps<Row> {
  sheet: ListSheet<Row>
  count: ReactNode
  /** 'Add room'; without it there is no such button. */
  addLabel: string | undefined
  bar: ReactNode
  /** Beside the count. */
  search?: ReactNode
  /** The rows; false where there are none to be shown. */
  table: ReactNode
  isPending: boolean
  /** In place of rows: why there are none, or why they could not be loaded. */
  instead: ReactNode
  beside?: ReactNode
}

export function ListFrame<Row>(props: ListFrameProps<Row>) {
  const { sheet, count, addLabel, bar, search, table, isPending, instead, beside } = props
  const { name } = useSchool()
  usePageTitle(sheet.title, name)
  return (
    <div className="list-page">
      <div className="list-head">
        <PageHead
          title={sheet.title}
          aside={
            <>
              <span className="dim digits" role="status">
                {count}
              </span>
              {search && <div className="head-search">{search}</div>}
            </>
          }
          actions={
            <>
              <ListMenus sheet={sheet} />
              {addLabel && <AddLink path={sheet.path} label={addLabel} />}
            </>
          }
        />
        <Suspense fallback={<div className="filters" />}>{bar}</Suspense>
      </div>
      <div className="list-body">
        {table || (
          <div className="scroller">
            {isPending && (
              <div style={{ padding: '8px 16px' }}>
                <Waiting lines={14} />
              </div>
            )}
            {instead}
          </div>
        )}
        {beside}
      </div>
    </div>
  )
}

export const ListPaper = <Row,>({ sheet }: { sheet: ListSheet<Row> }) => (
  <Suspense>
    <PrintList sheet={sheet} />
  </Suspense>
)
