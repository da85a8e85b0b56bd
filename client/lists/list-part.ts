import type { Outputs } from '../trpc.ts'

export type SavedView = Outputs['savedViews']['list'][number]
/** What asks for more than a click. */
export type ListDialog = { kind: 'save' | 'manage' | 'export' } | { kind: 'change'; view: SavedView }
export interface ListPartProps {
  part: { kind: 'views' | 'list' } | ListDialog
  onOpen(dialog: ListDialog | null): void
}
