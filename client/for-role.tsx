import type { RouteComponent } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import type { Permission } from '../server/access.ts'
import { useMessages } from './messages/messages.tsx'
import { useMay } from './school.tsx'
import { Empty } from './ui/empty.tsx'
import { usePageTitle } from './ui/use-page-title.ts'

function RefusedPage() {
  const { errors } = useMessages()
  usePageTitle(errors.refused)
  return (
    <div className="page">
      <Empty isPage title={errors.refused} hint={errors.reasons['permission.missing']}>
        <Link to="/">{errors.toFront}</Link>
      </Empty>
    </div>
  )
}

/** A page for those who may do this. Others who come by its address are told, instead of shown a form that will be refused. */
export function forRole(permission: Permission, Page: RouteComponent): RouteComponent {
  const OfRole: RouteComponent = () => (useMay(permission) ? <Page /> : <RefusedPage />)
  if (Page.preload) OfRole.preload = Page.preload
  return OfRole
}
