import type { Reason } from '../../../server/errors.ts'
import type { Choice } from '../form-shape.ts'

/** A refusal that a reason lifts, and the field that takes the reason. */
export interface Holding {
  refusal: Reason
  /** What of a record is refused, where the server tells more than the reason. */
  said(details: unknown): string | undefined
  field: string
  label: string
  /** What to do when none was given. */
  missing: string
  submit: string
}

interface AnyChange {
  /** As `updateMany` takes it. */
  field: string
  /** 'Set seats': the button. */
  label: string
  /** What is sent for what was chosen or typed; undefined when it can't be used. As it is, or null for nothing, unless given. */
  sent?(chosen: string): unknown
  holding?: Holding
}

export interface ChosenChange extends AnyChange {
  choices: readonly Choice[]
  /** What choosing nothing is called; without it something must be chosen. */
  none?: string
}

export interface TypedChange extends AnyChange {
  fieldLabel: string
  hint: string
  /** What to do when it holds what cannot be used. */
  wrong?: string
  /** What a value is called when it has been set: '30 seats'. */
  nameOf(typed: string): string
}

export type Change = ChosenChange | TypedChange

export const valueFor = ({ sent = (text) => text || null }: Change, chosen: string): unknown => sent(chosen.trim())

export const countIn = (text: string): number | null | undefined =>
  text === '' ? null : /^\d+$/.test(text) ? Number(text) : undefined
