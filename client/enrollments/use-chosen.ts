import { useRef, useState } from 'react'

/** Those picked so far, in the order of picking; the focus stays where the next is typed. */
export function useChosen<T extends { id: string }>(onAdded: () => void) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, T>>(new Map())
  const input = useRef<HTMLInputElement>(null)
  const add = (one: T | undefined) => {
    if (!one) return
    setChosen((before) => new Map(before).set(one.id, one))
    onAdded()
  }
  const remove = (id: string) => {
    setChosen((before) => new Map([...before].filter(([key]) => key !== id)))
    input.current?.focus()
  }
  return { chosen, input, add, remove }
}
