import { useMutation, useQuery } from '@tanstack/react-query'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import { apiOf } from '../trpc.ts'
import type { ViewPlace } from './list-sheet.ts'

/** The views of a list that this person may open, one's own apart from those of the others. */
export function useViews(place: ViewPlace) {
  const mayShare = useMay('savedView.share')
  const { data } = useQuery(useTrpc().savedViews.list.queryOptions({ place }))
  const own = data?.filter(({ isMine }) => isMine) ?? []
  const shared = data?.filter(({ isMine }) => !isMine) ?? []
  return { own, shared, changeable: mayShare ? [...own, ...shared] : own, isKnown: data !== undefined }
}

/** Saving, changing and deleting; every menu of the list knows at once. */
export function useViewWrites() {
  const { trpc, queryClient } = apiOf(useSchool().slug)
  const onSuccess = () => queryClient.invalidateQueries(trpc.savedViews.pathFilter())
  return {
    create: useMutation(trpc.savedViews.create.mutationOptions({ onSuccess })),
    update: useMutation(trpc.savedViews.update.mutationOptions({ onSuccess })),
    remove: useMutation(trpc.savedViews.archive.mutationOptions({ onSuccess })),
  }
}
