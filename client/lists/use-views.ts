import { useMutation, useQuery } from '@tanstack/react-query'
import type { ListPath } from '../../db/values.ts'
import { apiOf } from '../api.ts'
import { useMay, useSchool, useTrpc } from '../school.tsx'

/** The views of a list that this person may open, one's own apart from those of the others. */
export function useViews(place: ListPath) {
  const mayShare = useMay('savedView.share')
  const { data } = useQuery(useTrpc().savedViews.list.queryOptions({ place }))
  const own = data?.filter(({ isMine }) => isMine) ?? []
  const shared = data?.filter(({ isMine }) => !isMine) ?? []
  return { own, shared, changeable: mayShare ? [...own, ...shared] : own, isKnown: data !== undefined }
}

export function useViewWrites() {
  const { trpc } = apiOf(useSchool().slug)
  return {
    create: useMutation(trpc.savedViews.create.mutationOptions()),
    update: useMutation(trpc.savedViews.update.mutationOptions()),
    remove: useMutation(trpc.savedViews.archive.mutationOptions()),
  }
}
