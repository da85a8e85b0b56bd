/** OpenFeature's own interface to the flags, for jobs: they have no request that holds one state for them. */
import type { EvaluationContext, Provider, ResolutionDetails } from '@openfeature/server-sdk'
import {
  FlagNotFoundError,
  OpenFeature,
  OpenFeatureEventEmitter,
  ProviderEvents,
  StandardResolutionReasons,
  TypeMismatchError,
} from '@openfeature/server-sdk'
import type { Role } from '../../db/values.ts'
import type { Who } from './flag-set.ts'
import type { FlagKey } from './registry.ts'
import { flags, isFlagKey } from './registry.ts'
import type { FlagStore } from './store.ts'

const whoOf = ({ targetingKey, role, schoolId, isOwner }: EvaluationContext): Who => ({
  userId: targetingKey ?? null,
  role: (role as Role | undefined) ?? null,
  schoolId: typeof schoolId === 'number' ? schoolId : null,
  isOwner: isOwner === true,
})

const booleansOnly = async (): Promise<never> => {
  throw new TypeMismatchError('a flag is on or off')
}

export class RegisterProvider implements Provider {
  readonly metadata = { name: 'homeroom' }
  readonly runsOn = 'server'
  readonly events = new OpenFeatureEventEmitter()
  readonly #store: FlagStore
  readonly #end: () => void

  constructor(store: FlagStore) {
    this.#store = store
    this.#end = store.watch(() => this.events.emit(ProviderEvents.ConfigurationChanged))
  }

  async resolveBooleanEvaluation(
    key: string,
    _default: boolean,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<boolean>> {
    if (!isFlagKey(key)) throw new FlagNotFoundError(`the flag ${key} is not registered`)
    const value = this.#store.current.of(whoOf(context))[key]
    return { value, variant: value ? 'on' : 'off', reason: StandardResolutionReasons.TARGETING_MATCH }
  }
  resolveStringEvaluation = booleansOnly
  resolveNumberEvaluation = booleansOnly
  resolveObjectEvaluation = booleansOnly

  async onClose(): Promise<void> {
    this.#end()
  }
}

const domain = 'homeroom'

/** Answers what tells whether the job's flag is on, now and after each change. One process serves one database. */
export async function jobFlag(store: FlagStore, key: FlagKey): Promise<() => boolean> {
  await OpenFeature.setProviderAndWait(domain, new RegisterProvider(store))
  const client = OpenFeature.getClient(domain)
  const ask = () => client.getBooleanValue(key, flags[key].default)
  let isOn = await ask()
  client.addHandler(ProviderEvents.ConfigurationChanged, async () => {
    isOn = await ask()
  })
  return () => isOn
}
