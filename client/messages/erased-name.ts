/** What is said in place of the name of a person whose data is erased: wherever names are put together, also in a file. */
let name = ''
export const erasedName = (): string => name
export function sayErasedAs(said: string): void {
  name = said
}
