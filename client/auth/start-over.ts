import { pathOf, routedAddress, shownAddress } from '../typed-address.ts'

/** A new page, so that nothing of the first person's stays in memory. */
export function startOver(): void {
  const address = new URL('/sign-in', location.origin)
  address.searchParams.set('next', pathOf(routedAddress(new URL(location.href))))
  location.assign(shownAddress(address))
}
