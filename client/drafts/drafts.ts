/**
 * What was typed and is not saved yet, in this tab: it outlives a reload, a crash and a deploy, until it is saved, left on
 * purpose or signed out of.
 */
const prefix = 'homeroom.draft '
/** In characters: thousands of pasted rows, and all of them together, which is less than browsers give. */
const longest = 2_000_000
const longestOfAll = 4_500_000
const most = 6
/** How long somebody else's may wait for them, in ms. */
const othersFor = 30 * 60_000

/** A form can do nothing about storage that is full or blocked. */
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}

interface Kept {
  at: number
  draft: unknown
}

/** Each draft under a name that says whose it is, and of which page. */
export function makeDrafts(storage: () => Storage) {
  let isOver = false
  const names = () =>
    Array.from({ length: storage().length }, (_, at) => storage().key(at) ?? '').filter((name) =>
      name.startsWith(prefix),
    )
  const kept = (name: string) => attempt(() => JSON.parse(storage().getItem(name) ?? 'null') as Kept | null, null)
  const makeRoom = (besides: string, length: number) => {
    const others = names().filter((name) => name !== besides)
    const oldestFirst = others.toSorted((one, other) => (kept(one)?.at ?? 0) - (kept(other)?.at ?? 0))
    let left = others.length
    let all = length + others.reduce((sum, name) => sum + (storage().getItem(name)?.length ?? 0), 0)
    for (const name of oldestFirst) {
      if (left < most && all <= longestOfAll) return
      left -= 1
      all -= storage().getItem(name)?.length ?? 0
      storage().removeItem(name)
    }
  }
  return {
    /** Null for nothing. An older version of Homeroom may have written it. */
    read: (name: string): unknown => kept(prefix + name)?.draft ?? null,
    /** Whether it is kept now. */
    write(name: string, draft: object): boolean {
      const text = JSON.stringify({ at: Date.now(), draft } satisfies Kept)
      if (isOver || text.length > longest) return false
      return attempt(() => {
        makeRoom(prefix + name, text.length)
        storage().setItem(prefix + name, text)
        return true
      }, false)
    },
    remove: (name: string): void => attempt(() => storage().removeItem(prefix + name), undefined),
    /**
     * Whoever was here before left without signing out. They may come back in a moment; later nothing of theirs is to be
     * found by whom the tab belongs to now.
     */
    removeOthers: (userId: string): void =>
      attempt(() => {
        const isOthers = (name: string) => !name.startsWith(`${prefix}${userId} `)
        const isOld = (name: string) => Date.now() - (kept(name)?.at ?? 0) > othersFor
        for (const name of names()) if (isOthers(name) && isOld(name)) storage().removeItem(name)
      }, undefined),
    /** Whoever signs out leaves nothing; what is still on the screen is not kept any more either. */
    removeAll(): void {
      isOver = true
      attempt(() => {
        for (const name of names()) storage().removeItem(name)
      }, undefined)
    },
  }
}

export const drafts = makeDrafts(() => sessionStorage)
