/** The list of classes as its URL says it. */
export interface ClassesSearch {
  q?: string | undefined
}

export const readClassesSearch = ({ q }: Record<string, unknown>): ClassesSearch => {
  const text = typeof q === 'string' ? q.trim().slice(0, 200) : ''
  return text ? { q: text } : {}
}
