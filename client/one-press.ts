import type { OperationResultEnvelope, TRPCClientError, TRPCLink } from '@trpc/client'
import { observable, observableToPromise } from '@trpc/server/observable'
import type { AppRouter } from '../server/router.ts'

/** As long as systems let pass between the two presses of a double click, in ms. */
const doublePress = 500

interface Press {
  call: string
  answer: Promise<OperationResultEnvelope<unknown, TRPCClientError<AppRouter>>>
}

/** A button pressed twice, or Enter held down, is one press: the same call gets the answer of the one before. */
export const onePress: TRPCLink<AppRouter> = () => {
  let last: Press | undefined
  return ({ op, next }) => {
    if (op.type !== 'mutation' || op.context.isQuiet) return next(op)
    const call = `${op.path} ${JSON.stringify(op.input)}`
    const isSecond = last?.call === call
    const press: Press = isSecond && last ? last : { call, answer: observableToPromise(next(op)) }
    const forget = () => {
      if (last === press) last = undefined
    }
    if (!isSecond) press.answer.then(() => setTimeout(forget, doublePress), forget)
    last = press
    return observable((observer) => {
      press.answer.then(
        (answer) => {
          observer.next(answer)
          observer.complete()
        },
        (error) => observer.error(error),
      )
    })
  }
}
