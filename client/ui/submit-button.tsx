import type { ButtonProps } from '@mantine/core'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

/** Pressing it leaves the focus where it is: a field that finds fault as it is left would push the button away under the press. */
export const SubmitButton = ({ children, ...props }: ButtonProps & { children: ReactNode }) => (
  <Button type="submit" size="sm" onMouseDown={(event) => event.preventDefault()} {...props}>
    {children}
  </Button>
)
